// block_sum: y = {nan, scale, sum}: the dot product of one block's elements and the sum of the two scale codes.
// What block_dot and block_pipe are made of: with StageRows a chain is registered after every StageRows rows and at its
// end; the scales wait.
//
// With ScaleProduct the scales are those of scale_multiply, y = {flag, shift, product, sum}, value = sum * product *
// 2^(shift - 18). The elements go through int_dot if WeightExponentBits is 0 and through minifloat_dot otherwise;
// value = sum * 2^(scale - 254) in units of the elements. The scale adder and the NaN count as align, the rest as
// there.
//   int4 elements, Lanes 2: w {8'd127, 4'd1, 4'd2}, a {8'd128, 4'd3, 4'd5} -> scale 255, sum 13
// Ports: w_i, a_i the elements, lane 0 lowest, and above them the 8-bit scale code; y_o from bit 0 up: sum (SumBits),
// scale (9, or 13), and with ScaleHasNan or element specials the flag, 1 if a scale code or an element was no number.
// Range: elements as in int_dot and minifloat_dot; WeightExponentBits and ActivationExponentBits both 0 or neither.
// Latency: 0, or with StageRows the rows of a chain / StageRows, rounded up.  Golden: ng_block_dot.
// LUTs: those of the elements' unit, and of scale_add.
module block_sum #(
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
    parameter int StageRows = 0,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int W_BITS = Lanes*WeightBits,
    localparam int A_BITS = Lanes*ActivationBits,
    localparam int SCALE_BITS = ScaleProduct != 0 ? 13 : 9,
    localparam int ELEMENT_FLAG = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int FLAG_BITS = ScaleHasNan != 0 || ELEMENT_FLAG != 0 ? 1 : 0,
    localparam int RESULT_BITS = SumBits + SCALE_BITS + FLAG_BITS
) (
    input  logic clk_i,
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  localparam int CHAIN = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int LATENCY = StageRows != 0 ? (CHAIN + StageRows - 1) / StageRows : 0;
  logic [SumBits-1:0] sum;
  logic [SCALE_BITS-1:0] scale, scale_now;
  logic nan, nan_now, special;

  if (ScaleProduct != 0) begin : g_scale_product
    scale_multiply u_scale (
        .w_i(w_i[W_BITS+:8]),
        .a_i(a_i[A_BITS+:8]),
        .scale_o(scale_now),
        .nan_o(nan_now)
    );
  end else begin : g_scale_sum
    scale_add #(
        .HasNan(ScaleHasNan)
    ) u_align (
        .w_i(w_i[W_BITS+:8]),
        .a_i(a_i[A_BITS+:8]),
        .scale_o(scale_now),
        .nan_o(nan_now)
    );
  end
  delay_line #(
      .Bits(SCALE_BITS + 1),
      .Cycles(LATENCY)
  ) u_wait (
      .clk_i(clk_i),
      .data_i({nan_now, scale_now}),
      .data_o({nan, scale})
  );
  if (WeightExponentBits == 0) begin : g_integer
    int_sum #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .StageRows(StageRows),
        .SumBits(SumBits)
    ) u_element (
        .clk_i(clk_i),
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(sum)
    );
    assign special = 1'b0;
  end else begin : g_minifloat
    logic [SumBits+ELEMENT_FLAG-1:0] element;
    minifloat_sum #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .StageRows(StageRows),
        .SumBits(SumBits)
    ) u_element (
        .clk_i(clk_i),
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

  if (ScaleHasNan != 0 && ScaleHasNan != 1) $error("block_sum: ScaleHasNan is not 0 or 1");
  if (ScaleProduct != 0 && ScaleHasNan == 0) $error("block_sum: scale products have a NaN");
  if ((WeightExponentBits == 0) != (ActivationExponentBits == 0)) $error("block_sum: integer and minifloat elements mixed");
  if (WeightExponentBits != 0 && WeightBits != 1 + WeightExponentBits + WeightMantissaBits) $error("block_sum: WeightBits is not the weight's width");
  if (ActivationExponentBits != 0 && ActivationBits != 1 + ActivationExponentBits + ActivationMantissaBits) $error("block_sum: ActivationBits is not the activation's width");
endmodule : block_sum
