// sign_mac: y <= (first ? 0 : y) + product of sign_mul, exact for as many terms as SumBits has room for.
//
//   WeightForm 2, 2 bits: first 1, w 2'b11, a 5 -> -5;  first 0, w 2'b01, a 3 -> -2
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum.
// Range: as in sign_mul.  Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset: the sum is defined by the
// first first_i.  Golden: ng_sign_mac.  LUTs: the shift's, multiply, and SumBits, accumulate.
module sign_mac #(
    parameter int WeightForm = 2,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int SumBits = 21
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  // An unsigned activation is a signed one of one bit more; a 1-bit one has a row of at least 2.
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int SHIFT_BITS = WeightBits - (WeightForm == 2 ? 2 : 1);
  localparam int HIGH_SHIFT = SHIFT_BITS > 0 ? 1 << (SHIFT_BITS - 1) : 0;
  localparam int SHIFTED_BITS = BITS + (HIGH_SHIFT > 1 ? HIGH_SHIFT - 1 : 0);
  localparam int DROP = WeightForm == 0 ? 1 : 0;
  localparam int ENABLE_ALWAYS = WeightForm == 1 ? 1 : 0;
  localparam int ROW_BITS = SHIFTED_BITS + HIGH_SHIFT - DROP;
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic [SHIFTED_BITS-1:0] shifted;
  logic high, low_any, negative;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
  end

  sign_weight #(
      .Form(WeightForm),
      .WeightBits(WeightBits),
      .Bits(BITS),
      .OutBits(SHIFTED_BITS)
  ) u_multiply_weight (
      .w_i(w_q),
      .a_i(ActivationSigned != 0 ? BITS'($signed(a_q)) : BITS'(a_q)),
      .shifted_o(shifted),
      .high_o(high),
      .low_any_o(low_any),
      .negative_o(negative)
  );
  shift_accumulator #(
      .Bits(SHIFTED_BITS),
      .HighShift(HIGH_SHIFT),
      .EnableAlways(ENABLE_ALWAYS),
      .Drop(DROP),
      .SumBits(SumBits)
  ) u_accumulate (
      .clk_i(clk_i),
      .first_next_i(first_i),
      .a_i(shifted),
      .high_i(high),
      .low_any_i(low_any),
      .negative_i(negative),
      .sum_o(y_o)
  );

  if (SumBits < ROW_BITS) $error("sign_mac: SumBits is less than the product's");
endmodule : sign_mac
