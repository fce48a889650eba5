// signed_row_add: sum_o = sum_i + value, the adder of a row; value = (+-1) * magnitude comes as row_i, the magnitude
// complemented where negative_i.
//
//   Signed 0 (offset form, for chains): adds value + 2^MagnitudeBits, never negative; the caller takes these powers
//            back. Start 1: sum_i counts 0; Start 2: it counts 2^MagnitudeBits; Start 0: sum_i itself.
//   Signed 1 (for accumulators): adds value modulo 2^SumBits; bits of sum_i from MagnitudeBits up count 0 where first_i
//            (the caller clears the others: their LUTs have no room for it). Start must be 0.
//
// A carry bit has one input beside its LUT: the sum below MagnitudeBits, where the LUT holds the row's own logic of up
// to five nets, the sign above.
//
// Latency: 0 (combinational).  Range: SumInBits <= SumBits, SumBits > MagnitudeBits.
// LUTs expected: MagnitudeBits + 1 (Signed 0) or SumBits (Signed 1), the row's logic included.
module signed_row_add #(
    parameter int MagnitudeBits = 8,
    parameter int SumInBits = 9,
    parameter int SumBits = 10,
    parameter int Signed = 0,
    parameter int Start = 0
) (
    input  logic [MagnitudeBits-1:0] row_i,
    input  logic                     negative_i,
    input  logic                     first_i,
    input  logic [    SumInBits-1:0] sum_i,
    output logic [      SumBits-1:0] sum_o
);
  localparam int HighBits = SumBits - MagnitudeBits;
  if (HighBits < 1) $error("signed_row_add: SumBits must exceed MagnitudeBits");
  if (SumInBits > SumBits) $error("signed_row_add: SumInBits must not exceed SumBits");
  if (Start < 0 || Start > 2) $error("signed_row_add: Start must be 0..2");
  if (Signed != 0 && Start != 0) $error("signed_row_add: Start must be 0 for an accumulator");

  logic [SumBits-1:0] sum;
  logic [SumBits-1:0] acc;
  logic [HighBits-1:0] high;
  logic unused;

  assign sum = Start == 0 ? SumBits'(sum_i) : (Start == 1 ? '0 : SumBits'(1) << MagnitudeBits);
  if (Signed != 0) begin : gen_signed
    assign acc  = {{HighBits{negative_i}}, sum[MagnitudeBits-1:0]};
    assign high = sum[SumBits-1:MagnitudeBits] & {HighBits{~first_i}};
  end else begin : gen_offset
    logic positive;
    assign positive = ~negative_i;
    assign acc  = sum;
    assign high = HighBits'(positive);
  end
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(acc),
      .addend_i({high, row_i}),
      .carry_i(negative_i),
      .sum_o(sum_o)
  );
  assign unused = ^{sum_i, first_i};
endmodule : signed_row_add
