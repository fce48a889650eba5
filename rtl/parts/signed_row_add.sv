// signed_row_add: sum_o = sum_i + value, the adder of a row; value = (+-1) * magnitude comes as row_i, the magnitude
// complemented where negative_i.
//
//   Signed 0 (for chains): adds row_i + negative_i = value + negative_i * 2^MagnitudeBits, never negative; sum_o's top bit
//            is the carry. The caller counts carries and signs.
//   Signed 1 (for accumulators): adds value modulo 2^SumBits; bits of sum_i from MagnitudeBits up count 0 where first_i
//            (the caller clears the others: their LUTs have no room for it).
//
// A carry bit has one input beside its LUT: the sum below MagnitudeBits, where the LUT holds the row's own logic of up
// to five nets, the sign above.
//
// Latency: 0 (combinational).  Range: SumInBits <= SumBits, SumBits > MagnitudeBits, and Signed 0 SumBits = MagnitudeBits + 1,
// SumInBits = MagnitudeBits.
// LUTs expected: MagnitudeBits (Signed 0) or SumBits (Signed 1), the row's logic included.
module signed_row_add #(
    parameter int MagnitudeBits = 8,
    parameter int SumInBits = 8,
    parameter int SumBits = 9,
    parameter int Signed = 0
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
  if (Signed == 0 && (HighBits != 1 || SumInBits != MagnitudeBits)) $error("signed_row_add: a chain's row has one carry");

  logic [SumBits-1:0] sum;
  logic [SumBits-1:0] acc;
  logic [HighBits-1:0] high;
  logic unused;

  assign sum = SumBits'(sum_i);
  if (Signed != 0) begin : gen_signed
    assign acc  = {{HighBits{negative_i}}, sum[MagnitudeBits-1:0]};
    assign high = sum[SumBits-1:MagnitudeBits] & {HighBits{~first_i}};
  end else begin : gen_chain
    assign acc  = sum;
    assign high = '0;
  end
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(acc),
      .addend_i({high, row_i}),
      .carry_i(negative_i),
      .sum_o(sum_o)
  );
  assign unused = first_i;
endmodule : signed_row_add
