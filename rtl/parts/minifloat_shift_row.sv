// minifloat_shift_row: sum_o = sum_i + (+-1) * (magnitude << (max(exponent_i, 1) - 1)) for a two-bit exponent field;
// data_i is the magnitude already complemented when negative_i.
//
// Signed, First, offset form: as in minifloat_window_row, MagnitudeBits = DataBits + 2.
//
// Latency: 0 (combinational).  Range: SumBits > DataBits + 2, SumInBits <= SumBits.
// LUTs expected: DataBits + 3 (Signed 0) or SumBits (Signed 1).
(* keep_hierarchy *)
module minifloat_shift_row #(
    parameter int DataBits = 10,
    parameter int SumInBits = 13,
    parameter int SumBits = 14,
    parameter int Signed = 0,
    parameter int First = 0
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [          1:0] exponent_i,
    input  logic                 negative_i,
    input  logic [SumInBits-1:0] sum_i,
    output logic [  SumBits-1:0] sum_o
);
  localparam int MagnitudeBits = DataBits + 2;
  if (SumBits <= MagnitudeBits) $error("minifloat_shift_row: SumBits must exceed DataBits + 2");
  if (SumInBits > SumBits) $error("minifloat_shift_row: SumInBits must not exceed SumBits");

  logic [MagnitudeBits-1:0] shifted;
  logic [SumBits-1:0] row;
  logic [SumBits-1:0] sum;
  logic unused;

  assign shifted = exponent_i[1] ? (exponent_i[0] ? {data_i, negative_i, negative_i} : {negative_i, data_i, negative_i})
                                 : {negative_i, negative_i, data_i};
  if (Signed != 0) begin : gen_signed
    assign row = {{(SumBits - MagnitudeBits) {negative_i}}, shifted};
  end else begin : gen_offset
    logic positive;
    assign positive = ~negative_i;
    assign row = {(SumBits - MagnitudeBits)'(positive), shifted};
  end
  assign sum = First != 0 ? '0 : SumBits'(sum_i);
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(sum),
      .addend_i(row),
      .carry_i(negative_i),
      .sum_o(sum_o)
  );
  assign unused = ^{sum_i};
endmodule : minifloat_shift_row
