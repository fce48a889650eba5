// minifloat_shift_row: sum_o = sum_i + (+-1) * (magnitude << (max(exponent_i, 1) - 1)) for a two-bit exponent field;
// data_i is the magnitude already complemented when negative_i.
//
// Signed, first_i: as in signed_row_add, MagnitudeBits = DataBits + 2.
//
// Latency: 0 (combinational).  Range: DataBits >= 1.
// LUTs expected: DataBits + 2 (Signed 0) or SumBits (Signed 1).
(* keep_hierarchy *)
module minifloat_shift_row #(
    parameter int DataBits = 10,
    parameter int SumInBits = 12,
    parameter int SumBits = 13,
    parameter int Signed = 0
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [          1:0] exponent_i,
    input  logic                 negative_i,
    input  logic                 first_i,
    input  logic [SumInBits-1:0] sum_i,
    output logic [  SumBits-1:0] sum_o
);
  localparam int MagnitudeBits = DataBits + 2;

  logic [MagnitudeBits-1:0] row;

  assign row = exponent_i[1] ? (exponent_i[0] ? {data_i, negative_i, negative_i} : {negative_i, data_i, negative_i})
                           : {negative_i, negative_i, data_i};
  signed_row_add #(
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumInBits),
      .SumBits(SumBits),
      .Signed(Signed)
  ) u_add (
      .row_i(row),
      .negative_i(negative_i),
      .first_i(first_i),
      .sum_i(sum_i),
      .sum_o(sum_o)
  );
endmodule : minifloat_shift_row
