// bits_dot: y = sum over lanes of the products of bits_mul: a count of ones.
//
// Two signs of one bit: twice the number of equal ones, less Lanes. With a sign of two bits: the number of products that are
// +1 and of those that are not -1, less Lanes.
//   WeightBits 1, ActivationBits 1, Lanes 4: w 4'b0011, a 4'b0001 -> 3 equal: 2
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: bits 1 or 2, Lanes 1..64. ChainLength is not looked at: six ones a row are counted.
// Latency: 0.  Golden: ng_bits_dot.
// LUTs: a lane 1 or 2, multiply, and 0.6 or 1.2, accumulate, and SumBits.
module bits_dot #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 7
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  bits_sum #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : bits_dot
