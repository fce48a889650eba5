// block_dot: y = {nan, scale, sum}: the dot product of one block's elements and the sum of the two scale codes.
//
// With ScaleProduct the scales are those of scale_multiply, y = {flag, shift, product, sum}, value = sum * product *
// 2^(shift - 18). The elements go through int_dot if WeightExponentBits is 0 and through minifloat_dot otherwise;
// value = sum * 2^(scale - 254) in units of the elements. The scale adder and the NaN count as align, the rest as
// there.
//   int4 elements, Lanes 2: w {8'd127, 4'd1, 4'd2}, a {8'd128, 4'd3, 4'd5} -> scale 255, sum 13
// Ports: w_i, a_i the elements, lane 0 lowest, and above them the 8-bit scale code; y_o from bit 0 up: sum (SumBits),
// scale (9, or 13), and with ScaleHasNan or element specials the flag, 1 if a scale code or an element was no number.
// Range: elements as in int_dot and minifloat_dot; WeightExponentBits and ActivationExponentBits both 0 or neither.
// Latency: 0.  Golden: ng_block_dot.
// LUTs: those of the elements' unit, and of scale_add.
module block_dot #(
    parameter int WeightBits = 8,
    parameter int WeightExponentBits = 0,
    parameter int WeightMantissaBits = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 0,
    parameter int ActivationMantissaBits = 0,
    parameter int ScaleHasNan = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationSpecials = 0,
    parameter int ScaleProduct = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int W_BITS = Lanes*WeightBits,
    localparam int A_BITS = Lanes*ActivationBits,
    localparam int SCALE_BITS = ScaleProduct != 0 ? 13 : 9,
    localparam int ELEMENT_FLAG = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int FLAG_BITS = ScaleHasNan != 0 || ELEMENT_FLAG != 0 ? 1 : 0,
    localparam int RESULT_BITS = SumBits + SCALE_BITS + FLAG_BITS
) (
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  block_sum #(
      .WeightBits(WeightBits),
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationBits(ActivationBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .ScaleHasNan(ScaleHasNan),
      .WeightSpecials(WeightSpecials),
      .ActivationSpecials(ActivationSpecials),
      .ScaleProduct(ScaleProduct),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : block_dot
