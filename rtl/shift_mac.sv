// shift_mac: y <= (first ? 0 : y) + product of shift_mul, exact for as many terms as SumBits has room for.
//
// The low bits of the shift field shift by 4:1 choices (multiply); the row with the rest of the shift, the sign and
// the zero is fused with the addition (accumulate).
//   WeightBits 4, no zero: first 1, w 4'b1010, a 3 -> -12;  first 0, w 4'b0000, a 3 -> -9
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum.
// Range: WeightBits 2..6, ActivationBits 2..8, SumBits at least the product's width.
// Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset: the sum is defined by the first first_i.
// Golden: ng_shift_mac.  LUTs: the shift's and SumBits.
module shift_mac #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int SumBits = 28
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  localparam int SHIFTED_BITS = ActivationBits + (1 << (WeightBits - 2)) - 1;
  localparam int ROW_BITS = ActivationBits + (1 << (WeightBits - 1)) - 1 - WeightHasZero;
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic [SHIFTED_BITS-1:0] shifted;
  logic high, low_any, negative;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
  end

  shift_field #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits)
  ) u_multiply (
      .w_i(w_q),
      .a_i(a_q),
      .shifted_o(shifted),
      .high_o(high),
      .low_any_o(low_any),
      .negative_o(negative)
  );
  shift_accumulator #(
      .Bits(SHIFTED_BITS),
      .HighShift(1 << (WeightBits - 2)),
      .EnableAlways(1 - WeightHasZero),
      .Drop(WeightHasZero),
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

  if (SumBits < ROW_BITS + 1) $error("shift_mac: SumBits is less than the product's");
endmodule : shift_mac
