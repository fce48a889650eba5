// unsigned_dot: y = sum over lanes of w[i] * a[i] for integers of which one at least is unsigned or has less than 3 bits, two's complement, exact.
//
// Both operands are widened to signed ones of at least 3 bits and given to int_dot: a bit of 0 above an unsigned code, the
// sign above a short one.
//   int4 x uint4, Lanes 2: w {7, -8}, a {1, 15} -> -113
// Ports: as in int_dot.  Range: WeightBits, ActivationBits 1..8.  Latency: 0.  Golden: ng_unsigned_dot.
// LUTs: those of int_dot for the widened operands.
module unsigned_dot #(
    parameter int WeightBits = 4,
    parameter int WeightSigned = 1,
    parameter int ActivationBits = 4,
    parameter int ActivationSigned = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 13
) (
    input  logic [Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0] y_o
);
  localparam int W_BITS = WeightBits + (WeightSigned != 0 ? 0 : 1) < 3 ? 3 : WeightBits + (WeightSigned != 0 ? 0 : 1);
  localparam int A_BITS =
      ActivationBits + (ActivationSigned != 0 ? 0 : 1) < 3 ? 3 : ActivationBits + (ActivationSigned != 0 ? 0 : 1);
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
  int_dot #(
      .WeightBits(W_BITS),
      .ActivationBits(A_BITS),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(INNER)
  ) u_element (
      .w_i(w),
      .a_i(a),
      .y_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = ^sum;

  if (WeightBits > 8 || ActivationBits > 8) $error("unsigned_dot: an operand is wider than 8 bits");
endmodule : unsigned_dot
