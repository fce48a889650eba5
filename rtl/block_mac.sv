// block_mac: y = {nan, scale, sum}: the elements' multiply-accumulate and the sum of the last step's scale codes.
//
// The elements go through int_mac if WeightExponentBits is 0 and through minifloat_mac, without specials, otherwise;
// value = sum * 2^(scale - 254) in units of the elements. The scale adder and the NaN count as align, the rest as there.
//   int8 elements: first 1, w {8'd127, 8'd3}, a {8'd128, 8'd5} -> scale 255, sum 15; then first 0, the same -> sum 30
// Ports: clk_i; first_i starts a new sum; w_i, a_i the element and above it the 8-bit scale code; y_o from bit 0 up: sum (SumBits), scale (9),
// and with ScaleHasNan the NaN flag, 1 if either code since first_i was 8'hFF.
// Range: elements as in int_mac and minifloat_mac; WeightExponentBits and ActivationExponentBits both 0 or neither.
// Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset: all is defined by the first first_i.  Golden: ng_block_mac.
// LUTs: those of the elements' unit, and of scale_add.
module block_mac #(
    parameter int WeightBits = 8,
    parameter int WeightExponentBits = 0,
    parameter int WeightMantissaBits = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 0,
    parameter int ActivationMantissaBits = 0,
    parameter int ScaleHasNan = 0,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int W_BITS = WeightBits,
    localparam int A_BITS = ActivationBits,
    localparam int RESULT_BITS = SumBits + 9 + ScaleHasNan
) (
    input  logic                   clk_i,
    input  logic                   first_i,
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  logic [SumBits-1:0] sum;
  logic [8:0] scale;
  logic nan;

  logic first_q;
  logic [7:0] w_scale_q, a_scale_q;
  always_ff @(posedge clk_i) begin
    first_q <= first_i;
    w_scale_q <= w_i[W_BITS+:8];
    a_scale_q <= a_i[A_BITS+:8];
  end

  scale_accumulator #(
      .HasNan(ScaleHasNan)
  ) u_align (
      .clk_i(clk_i),
      .first_i(first_q),
      .w_i(w_scale_q),
      .a_i(a_scale_q),
      .scale_o(scale),
      .nan_o(nan)
  );
  if (WeightExponentBits == 0) begin : g_integer
    int_mac #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits),
        .SumBits(SumBits)
    ) u_element (
        .clk_i(clk_i),
        .first_i(first_i),
        .w_i(w_i[W_BITS-1:0]),
        .a_i(a_i[A_BITS-1:0]),
        .y_o(sum)
    );
  end else begin : g_minifloat
    minifloat_mac #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(0),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(0),
        .SumBits(SumBits)
    ) u_element (
        .clk_i(clk_i),
        .first_i(first_i),
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

  if (ScaleHasNan != 0 && ScaleHasNan != 1) $error("block_mac: ScaleHasNan is not 0 or 1");
  if ((WeightExponentBits == 0) != (ActivationExponentBits == 0)) $error("block_mac: integer and minifloat elements mixed");
  if (WeightExponentBits != 0 && WeightBits != 1 + WeightExponentBits + WeightMantissaBits) $error("block_mac: WeightBits is not the weight's width");
  if (ActivationExponentBits != 0 && ActivationBits != 1 + ActivationExponentBits + ActivationMantissaBits) $error("block_mac: ActivationBits is not the activation's width");
endmodule : block_mac
