// block_dot: y = {nan, scale, sum}: the dot product of one block's elements and the sum of the two scale codes.
//
// The elements go through int_dot if WeightExponentBits is 0 and through minifloat_dot, without specials, otherwise;
// value = sum * 2^(scale - 254) in units of the elements. The scale adder and the NaN count as align, the rest as there.
//   int4 elements, Lanes 2: w {8'd127, 4'd1, 4'd2}, a {8'd128, 4'd3, 4'd5} -> scale 255, sum 13
// Ports: w_i, a_i the elements, lane 0 lowest, and above them the 8-bit scale code; y_o from bit 0 up: sum (SumBits), scale (9),
// and with ScaleHasNan the NaN flag, 1 if either code was 8'hFF.
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
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int W_BITS = Lanes*WeightBits,
    localparam int A_BITS = Lanes*ActivationBits,
    localparam int RESULT_BITS = SumBits + 9 + ScaleHasNan
) (
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  logic [SumBits-1:0] sum;
  logic [8:0] scale;
  logic nan;

  scale_add #(
      .HasNan(ScaleHasNan)
  ) u_align (
      .w_i(w_i[W_BITS+:8]),
      .a_i(a_i[A_BITS+:8]),
      .scale_o(scale),
      .nan_o(nan)
  );
  if (WeightExponentBits == 0) begin : g_integer
    int_dot #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .SumBits(SumBits)
    ) u_element (
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(sum)
    );
  end else begin : g_minifloat
    minifloat_dot #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(0),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(0),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .SumBits(SumBits)
    ) u_element (
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(sum)
    );
  end

  if (ScaleHasNan != 0) begin : g_flag
    assign y_o = {nan, scale, sum};
  end else begin : g_no_flag
    logic unused_nan;
    assign unused_nan = nan;
    assign y_o = {scale, sum};
  end

  if (ScaleHasNan != 0 && ScaleHasNan != 1) $error("block_dot: ScaleHasNan is not 0 or 1");
  if ((WeightExponentBits == 0) != (ActivationExponentBits == 0)) $error("block_dot: integer and minifloat elements mixed");
  if (WeightExponentBits != 0 && WeightBits != 1 + WeightExponentBits + WeightMantissaBits) $error("block_dot: WeightBits is not the weight's width");
  if (ActivationExponentBits != 0 && ActivationBits != 1 + ActivationExponentBits + ActivationMantissaBits) $error("block_dot: ActivationBits is not the activation's width");
endmodule : block_dot
