// minifloat_window_row: sum_o = sum_i + (+-1) * ((data_i << window_i * Spacing) >> Offset): the last shift stage, the
// sign and the adder in one LUT a bit.
//
// negative_i complements the magnitude, MagnitudeBits bits, and tells the adder. Signed, Start, first_i: as in
// signed_row_add.
//
// Latency: 0 (combinational).
// Range: Windows 1..4, window_i < Windows; LastBits: how many bits of data_i can be set in the last window.
// LUTs expected: MagnitudeBits + 1 (Signed 0) or SumBits (Signed 1), and one more at each bit that three or more
// windows reach.
(* keep_hierarchy *)
module minifloat_window_row #(
    parameter int DataBits = 15,
    parameter int Spacing = 8,
    parameter int Windows = 4,
    parameter int Offset = 2,
    parameter int LastBits = 15,
    parameter int MagnitudeBits = 36,
    parameter int SumInBits = 37,
    parameter int SumBits = 38,
    parameter int Signed = 0,
    parameter int Start = 0
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [          1:0] window_i,
    input  logic                 negative_i,
    input  logic                 first_i,
    input  logic [SumInBits-1:0] sum_i,
    output logic [  SumBits-1:0] sum_o
);
  if (Windows < 1 || Windows > 4) $error("minifloat_window_row: Windows must be 1..4");

  logic [MagnitudeBits-1:0] row;
  logic unused;

  for (genvar i = 0; i < MagnitudeBits; i++) begin : gen_bit
    logic [3:0] choice;
    for (genvar k = 0; k < 4; k++) begin : gen_window
      localparam int J = i + Offset - k * Spacing;
      localparam int Limit = k < Windows - 1 ? DataBits : LastBits;
      if (k < Windows && J >= 0 && J < Limit) begin : gen_in
        assign choice[k] = data_i[J];
      end else begin : gen_out
        assign choice[k] = 1'b0;
      end
    end
    if (Windows == 1) begin : gen_one
      assign row[i] = choice[0] ^ negative_i;
    end else if (Windows == 2) begin : gen_two
      assign row[i] = (window_i[0] ? choice[1] : choice[0]) ^ negative_i;
    end else begin : gen_four
      assign row[i] = (window_i[1] ? (window_i[0] ? choice[3] : choice[2])
                                   : (window_i[0] ? choice[1] : choice[0])) ^ negative_i;
    end
  end
  signed_row_add #(
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumInBits),
      .SumBits(SumBits),
      .Signed(Signed),
      .Start(Start)
  ) u_add (
      .row_i(row),
      .negative_i(negative_i),
      .first_i(first_i),
      .sum_i(sum_i),
      .sum_o(sum_o)
  );
  assign unused = ^{window_i, data_i};
endmodule : minifloat_window_row
