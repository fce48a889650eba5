// unsigned_sum: y = sum over lanes of w[i] * a[i] for integers of which one at least is unsigned or has less than 3
// What unsigned_dot and unsigned_pipe are made of: with StageRows a chain is registered after every StageRows rows and
// at its end; operands wait.
// bits, two's complement, exact.
//
// An unsigned operand is widened to a signed one by a bit of 0 and both are given to int_sum.
//   int4 x uint4, Lanes 2: w {7, -8}, a {1, 15} -> -113
// Ports: as in int_dot.  Range: WeightBits, ActivationBits 1..8, signed from 2.  Latency: 0, or with StageRows the rows
// of a chain / StageRows, rounded up.  Golden: ng_unsigned_dot.
// LUTs: those of int_dot for the widened operands.
module unsigned_sum #(
    parameter int WeightBits = 4,
    parameter int WeightSigned = 1,
    parameter int ActivationBits = 4,
    parameter int ActivationSigned = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 13
) (
    input  logic clk_i,
    input  logic [Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0] y_o
);
  localparam int W_BITS = WeightBits + (WeightSigned != 0 ? 0 : 1);
  localparam int A_BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int INNER = SumBits < W_BITS + A_BITS ? W_BITS + A_BITS : SumBits;
  logic [Lanes*W_BITS-1:0] w;
  logic [Lanes*A_BITS-1:0] a;
  logic [INNER-1:0] sum;
  logic unused_top;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [WeightBits-1:0] w_lane;
    logic [ActivationBits-1:0] a_lane;
    assign w_lane = w_i[i*WeightBits+:WeightBits];
    assign a_lane = a_i[i*ActivationBits+:ActivationBits];
    assign w[i*W_BITS+:W_BITS] = WeightSigned != 0 ? W_BITS'($signed(w_lane)) : W_BITS'(w_lane);
    assign a[i*A_BITS+:A_BITS] = ActivationSigned != 0 ? A_BITS'($signed(a_lane)) : A_BITS'(a_lane);
  end
  int_sum #(
      .WeightBits(W_BITS),
      .ActivationBits(A_BITS),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .StageRows(StageRows),
      .SumBits(INNER)
  ) u_element (
      .clk_i(clk_i),
      .w_i(w),
      .a_i(a),
      .y_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = ^sum;

  if (WeightBits > 8 || ActivationBits > 8) $error("unsigned_sum: an operand is wider than 8 bits");
endmodule : unsigned_sum
