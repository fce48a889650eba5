// block_quantiser: y = the block of Lanes sums: a power-of-two scale from the largest of them, elements rounded under it.
//
//   Sum i at sums_i[i*SumBits +: SumBits], two's complement in units of 2^lsb_i; y = {scale code, elements}, element i at
//   y_o[i*CodeBits +: CodeBits].
//   scale exponent = place of the leading one of the largest magnitude m + lsb - ElementTop + c. With L = Significand *
//   2^(that place + 1 - SignificandBits) the largest element under c = 0:
//   Rule 0  FLOOR  c = 0 (OCP MX v1.0, section 6.3)      Rule 1  CEIL  c = (m > L)
//   Rule 2  ROUND  c = (m > sqrt(2) * L) - (m < L / sqrt(2)), of which the element allows only the one or the other
//   element = sum * 2^(lsb - scale exponent) to nearest, ties to even, or as Rounding says (rtl/parts/round_up.sv), saturating.
//
// Worked rows, Lanes 2, SumBits 4, ExponentBits 2, MantissaBits 1, ElementTop 2, lsb 0:
//   sums {7, 1} -> scale code 127, elements {3'b111 (6, saturated), 3'b010 (1)} with signs 0;  sums {0, 0} -> all 0
//   the same with Rule 1 -> scale code 128, elements {3'b110 (4: 3.5, a tie, to even), 3'b001 (0.5)}
//
// No sum is compared with another: c is an OR over the lanes. CEIL compares the shifted magnitudes with a constant, ROUND the
// magnitudes with the root, rounded down to a whole number, and shifted by the leading zeros: the same for all lanes. Where c
// is 1 the elements are shifted once more, inside their rounding.
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: Lanes 1..64; SumBits 2..64; lsb_i -64..63, so that the scale code needs no saturation; ExponentBits 0..5 (0:
// integer elements of MantissaBits + 1 bits), MantissaBits 1..7; ElementTop the exponent of the largest element's leading one,
// GridBits its place above the element's lsb, counted from 1; Largest its code; Rule 0..2; Rounding 0..6.
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
    parameter int Rule = 0,
    parameter int Rounding = 0,
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
  if (Rule < 0 || Rule > 2) $error("block_quantiser: Rule must be 0..2");

  // The largest element, its leading one on top.
  localparam int SignificandBits = ElementMantissaBits + (ElementExponentBits == 0 ? 0 : 1);
  localparam int Significand =
      ElementExponentBits == 0 ? Largest : (1 << ElementMantissaBits) + Largest % (1 << ElementMantissaBits);
  // ROUND: L / sqrt(2) lies in the binade of m if L is above sqrt(2) * 2^place, and sqrt(2) * L otherwise.
  localparam int IsSteep = Significand * Significand > (1 << (2 * SignificandBits - 1)) ? 1 : 0;
  localparam int IsLower = Rule == 2 && IsSteep != 0 ? 1 : 0;
  localparam int TopBits = GridBits + IsLower;

  // The whole part of that root for a magnitude of SumBits bits with its leading one on top.
  function automatic logic [63:0] root(input int bits);
    logic [159:0] limit;
    logic [159:0] square;
    logic [63:0] next;
    limit = (160'(Significand) * 160'(Significand)) << (2 * bits - 2 + 1 - IsSteep);
    root  = '0;
    for (int b = bits - 1; b >= 0; b--) begin
      next = root | (64'd1 << b);
      square = (160'(next) * 160'(next)) << (2 * (SignificandBits - 1) + IsSteep);
      if (square <= limit) root = next;
    end
  endfunction

  logic [Lanes*SumBits-1:0] magnitudes;
  logic [Lanes-1:0] beyond;
  logic [ZeroBits-1:0] zeros;
  logic any;
  logic larger;

  leading_zeros #(
      .Numbers(Lanes),
      .Bits(SumBits)
  ) u_align_leading (
      .number_i(magnitudes),
      .zeros_o(zeros),
      .any_o(any)
  );
  if (Rule == 0) begin : gen_floor
    logic unused_beyond;
    assign unused_beyond = ^beyond;
    assign larger = 1'b0;
  end else begin : gen_larger
    or_reduce #(
        .Bits(Lanes)
    ) u_align_larger (
        .bit_i(beyond),
        .any_o(larger)
    );
  end
  block_scale #(
      .ZeroBits(ZeroBits),
      .LsbBits(LsbBits),
      .Offset(127 + SumBits - 1 - ElementTop - IsLower),
      .Corrects(Rule == 0 ? 0 : 1)
  ) u_align_scale (
      .zeros_i(zeros),
      .any_i(any),
      .larger_i(larger),
      .lsb_i(lsb_i),
      .scale_o(y_o[Lanes*CodeBits+:8])
  );
  logic [SumBits-1:0] limit;
  if (Rule == 2) begin : gen_limit
    shifted_limit #(
        .Bits(SumBits),
        .Limit(root(SumBits))
    ) u_align_limit (
        .shift_i(zeros),
        .limit_o(limit)
    );
  end else begin : gen_no_limit
    logic unused_limit;
    assign limit = '0;
    assign unused_limit = ^limit;
  end

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    logic [TopBits:0] top;
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
        .OutBits(TopBits + 1)
    ) u_align (
        .data_i(magnitudes[i*SumBits+:SumBits]),
        .shift_i(zeros),
        .top_o(top),
        .sticky_o(sticky)
    );
    if (Rule == 0) begin : gen_floor
      assign beyond[i] = 1'b0;
    end else if (Rule == 1) begin : gen_ceil
      level_exceeds #(
          .Bits(TopBits + 1),
          .SignificandBits(SignificandBits),
          .Significand(Significand)
      ) u_align_beyond (
          .data_i(top),
          .sticky_i(sticky),
          .y_o(beyond[i])
      );
    end else begin : gen_round
      magnitude_exceeds #(
          .Bits(SumBits)
      ) u_align_beyond (
          .x_i(magnitudes[i*SumBits+:SumBits]),
          .t_i(limit),
          .y_o(beyond[i])
      );
    end
    element_round #(
        .ExponentBits(ElementExponentBits),
        .MantissaBits(ElementMantissaBits),
        .Largest(Largest),
        .GridBits(TopBits),
        .Halves(Rule == 0 ? 0 : 1),
        .Rounding(Rounding)
    ) u_convert (
        .negative_i(sums_i[i*SumBits+SumBits-1]),
        .half_i(larger),
        .top_i(top),
        .sticky_i(sticky),
        .code_o(y_o[i*CodeBits+:CodeBits])
    );
  end
endmodule : block_quantiser
