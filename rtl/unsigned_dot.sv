// unsigned_dot: y = sum over lanes of w[i] * a[i] for integers of which one at least is unsigned or has less than 3
// bits, two's complement, exact.
//
// An unsigned operand is widened to a signed one by a bit of 0 and both are given to int_dot.
//   int4 x uint4, Lanes 2: w {7, -8}, a {1, 15} -> -113
// Ports: as in int_dot.  Range: WeightBits, ActivationBits 1..8, signed from 2.  Latency: 0.  Golden: ng_unsigned_dot.
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
  unsigned_sum #(
      .WeightBits(WeightBits),
      .WeightSigned(WeightSigned),
      .ActivationBits(ActivationBits),
      .ActivationSigned(ActivationSigned),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : unsigned_dot
