// minifloat_window_row: sum_o = sum_i + (+-1) * ((data_i << window_i * Spacing) >> Offset): the last shift stage, the
// sign and the adder in one LUT a bit.
//
// The magnitude has MagnitudeBits bits. Signed 0 (offset form): what is added is 2^MagnitudeBits more than the value,
// never negative; the caller takes these powers back. Signed 1: the value itself, sign-extended to SumBits.
// First 1: sum_i is not used (counts 0).
//
// Latency: 0 (combinational).
// Range: Windows 1..4, window_i < Windows; SumInBits <= SumBits; SumBits > MagnitudeBits; LastShift is the shift the
// data of the last window carries at most (its higher bits are 0 there).
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
    parameter int First = 0
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [          1:0] window_i,
    input  logic                 negative_i,
    input  logic [SumInBits-1:0] sum_i,
    output logic [  SumBits-1:0] sum_o
);
  if (Windows < 1 || Windows > 4) $error("minifloat_window_row: Windows must be 1..4");
  if (SumBits <= MagnitudeBits) $error("minifloat_window_row: SumBits must exceed MagnitudeBits");
  if (SumInBits > SumBits) $error("minifloat_window_row: SumInBits must not exceed SumBits");

  logic [SumBits-1:0] row;
  logic [SumBits-1:0] sum;
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
  if (Signed != 0) begin : gen_signed
    assign row[SumBits-1:MagnitudeBits] = {(SumBits - MagnitudeBits) {negative_i}};
  end else begin : gen_offset
    logic positive;
    assign positive = ~negative_i;
    assign row[SumBits-1:MagnitudeBits] = (SumBits - MagnitudeBits)'(positive);
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
  assign unused = ^{window_i, data_i, sum_i};
endmodule : minifloat_window_row
