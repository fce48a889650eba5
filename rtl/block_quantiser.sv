// block_quantiser: y = the block of Lanes sums: a power-of-two scale from the largest of them, elements rounded under it.
//
//   Sum i at sums_i[i*SumBits +: SumBits], two's complement in units of 2^lsb_i; y = {scale code, elements}, element i at
//   y_o[i*CodeBits +: CodeBits].
//   scale exponent = place of the leading one of the largest magnitude + lsb - ElementTop (the rule FLOOR of OCP MX v1.0,
//   section 6.3); element = nearest to sum * 2^(lsb - scale exponent), ties to even, saturating.
//
// Worked rows, Lanes 2, SumBits 4, ExponentBits 2, MantissaBits 1, ElementTop 2, lsb 0:
//   sums {7, 1} -> scale code 127, elements {3'b111 (6, saturated), 3'b010 (1)} with signs 0;  sums {0, 0} -> all 0
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: Lanes 1..64; SumBits 2..64; lsb_i -64..63, so that the scale code needs no saturation; ExponentBits 0..5 (0:
// integer elements of MantissaBits + 1 bits), MantissaBits 1..7; ElementTop the exponent of the largest element's leading one,
// GridBits its place above the element's lsb, counted from 1; Largest its code.
// Costs: u_align* magnitudes, their leading one, the common shift; u_convert* rounding.
// Golden: ng_block_quantiser (model/block_quantiser.c), the bits of ng_block_quantise().
module block_quantiser #(
    parameter int ElementExponentBits = 2,
    parameter int ElementMantissaBits = 1,
    parameter int ElementTop = 2,
    parameter int GridBits = 4,
    parameter int Largest = 7,
    parameter int Lanes = 32,
    parameter int SumBits = 16,
    localparam int CodeBits = 1 + ElementExponentBits + ElementMantissaBits,
    localparam int LsbBits = 7
) (
    input  logic [   Lanes*SumBits-1:0] sums_i,
    input  logic [         LsbBits-1:0] lsb_i,
    output logic [Lanes*CodeBits+8-1:0] y_o
);
  localparam int ZeroBits = $clog2(SumBits);
  if (Lanes < 1 || Lanes > 64) $error("block_quantiser: Lanes must be 1..64");
  if (SumBits < 2 || SumBits > 64) $error("block_quantiser: SumBits must be 2..64");
  if (ElementExponentBits < 0 || ElementExponentBits > 5 || ElementMantissaBits < 1 || ElementMantissaBits > 7)
    $error("block_quantiser: elements need 0..5 exponent and 1..7 mantissa bits");

  logic [Lanes*SumBits-1:0] magnitudes;
  logic [ZeroBits-1:0] zeros;
  logic any;

  leading_zeros #(
      .Numbers(Lanes),
      .Bits(SumBits)
  ) u_align_leading (
      .number_i(magnitudes),
      .zeros_o(zeros),
      .any_o(any)
  );
  block_scale #(
      .ZeroBits(ZeroBits),
      .LsbBits(LsbBits),
      .Offset(127 + SumBits - 1 - ElementTop)
  ) u_align_scale (
      .zeros_i(zeros),
      .any_i(any),
      .lsb_i(lsb_i),
      .scale_o(y_o[Lanes*CodeBits+:8])
  );
  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    logic [GridBits:0] top;
    logic sticky;
    logic unused_present;
    sum_magnitude #(
        .Bits(SumBits)
    ) u_align_magnitude (
        .sum_i(sums_i[i*SumBits+:SumBits]),
        .magnitude_o(magnitudes[i*SumBits+:SumBits]),
        .present_o(unused_present)
    );
    top_shift #(
        .Bits(SumBits),
        .OutBits(GridBits + 1)
    ) u_align (
        .data_i(magnitudes[i*SumBits+:SumBits]),
        .shift_i(zeros),
        .top_o(top),
        .sticky_o(sticky)
    );
    element_round #(
        .ExponentBits(ElementExponentBits),
        .MantissaBits(ElementMantissaBits),
        .Largest(Largest),
        .GridBits(GridBits)
    ) u_convert (
        .negative_i(sums_i[i*SumBits+SumBits-1]),
        .top_i(top),
        .sticky_i(sticky),
        .code_o(y_o[i*CodeBits+:CodeBits])
    );
  end
endmodule : block_quantiser
