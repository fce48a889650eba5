// block_mul: y = {nan, scale, w * a}: the product of one element pair and the sum of its blocks' scale codes.
//
// With ScaleProduct the scales are those of scale_multiply, y = {flag, shift, product, sum}, value = sum * product *
// 2^(shift - 18). The elements go through int_mul if WeightExponentBits is 0 and through minifloat_mul otherwise;
// value = sum * 2^(scale - 254) in units of the elements. The scale adder and the NaN count as align, the rest as there.
//   int8 elements: w {8'd127, 8'd3}, a {8'd128, 8'd5} -> scale 255, sum 15
// Ports: w_i, a_i the element and above it the 8-bit scale code; y_o from bit 0 up: sum (SumBits), scale (9,
// or 13), and with ScaleHasNan or element specials the flag, 1 if a scale code or an element was no number.
// Range: elements as in int_mul and minifloat_mul; WeightExponentBits and ActivationExponentBits both 0 or neither.
// Latency: 0.  Golden: ng_block_mul.
// LUTs: those of the elements' unit, and of scale_add.
module block_mul #(
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
    parameter int SumBits = 16,
    // Derived, do not change.
    localparam int W_BITS = WeightBits,
    localparam int A_BITS = ActivationBits,
    localparam int SCALE_BITS = ScaleProduct != 0 ? 13 : 9,
    localparam int ELEMENT_FLAG = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int FLAG_BITS = ScaleHasNan != 0 || ELEMENT_FLAG != 0 ? 1 : 0,
    localparam int RESULT_BITS = SumBits + SCALE_BITS + FLAG_BITS
) (
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  logic [SumBits-1:0] sum;
  logic [SCALE_BITS-1:0] scale;
  logic nan, special;

  if (ScaleProduct != 0) begin : g_scale_product
    scale_multiply u_scale (
        .w_i(w_i[W_BITS+:8]),
        .a_i(a_i[A_BITS+:8]),
        .scale_o(scale),
        .nan_o(nan)
    );
  end else begin : g_scale_sum
    scale_add #(
        .HasNan(ScaleHasNan)
    ) u_align (
        .w_i(w_i[W_BITS+:8]),
        .a_i(a_i[A_BITS+:8]),
        .scale_o(scale),
        .nan_o(nan)
    );
  end
  if (WeightExponentBits == 0) begin : g_integer
    int_mul #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits),
        .SumBits(SumBits)
    ) u_element (
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(sum)
    );
    assign special = 1'b0;
  end else begin : g_minifloat
    logic [SumBits+ELEMENT_FLAG-1:0] element;
    minifloat_mul #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .SumBits(SumBits)
    ) u_element (
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(element)
    );
    assign sum = element[SumBits-1:0];
    assign special = element[SumBits+ELEMENT_FLAG-1] && ELEMENT_FLAG != 0;
  end

  if (ScaleHasNan != 0 && ELEMENT_FLAG != 0) begin : g_both
    logic flag;
    flag_either u_align_flag (
        .x_i(nan),
        .y_i(special),
        .flag_o(flag)
    );
    assign y_o = {flag, scale, sum};
  end else if (ScaleHasNan != 0) begin : g_scale_flag
    logic unused_special;
    assign unused_special = special;
    assign y_o = {nan, scale, sum};
  end else if (ELEMENT_FLAG != 0) begin : g_element_flag
    logic unused_nan;
    assign unused_nan = nan;
    assign y_o = {special, scale, sum};
  end else begin : g_no_flag
    logic unused_flags;
    assign unused_flags = nan ^ special;
    assign y_o = {scale, sum};
  end

  if (ScaleHasNan != 0 && ScaleHasNan != 1) $error("block_mul: ScaleHasNan is not 0 or 1");
  if (ScaleProduct != 0 && ScaleHasNan == 0) $error("block_mul: scale products have a NaN");
  if ((WeightExponentBits == 0) != (ActivationExponentBits == 0)) $error("block_mul: integer and minifloat elements mixed");
  if (WeightExponentBits != 0 && WeightBits != 1 + WeightExponentBits + WeightMantissaBits) $error("block_mul: WeightBits is not the weight's width");
  if (ActivationExponentBits != 0 && ActivationBits != 1 + ActivationExponentBits + ActivationMantissaBits) $error("block_mul: ActivationBits is not the activation's width");
endmodule : block_mul
