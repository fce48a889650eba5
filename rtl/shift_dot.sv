// shift_dot: y = sum over lanes of the products of shift_mul, exact.
//
// Each lane shifts by the low bits of its field (multiply); the rows with the rest of the shift, the sign and the zero
// form one chain for each group of ChainLength lanes, their carries counted apart (accumulate).
//   WeightBits 4, no zero, Lanes 2: w {4'b1010, 4'b0000}, a {3, 3} -> -9
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: WeightBits 2..6, ActivationBits 2..8, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0, about ChainLength + 6 rows deep.  Golden: ng_shift_dot.
// LUTs: per lane those of shift_mul and about two thirds of one.
module shift_dot #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  shift_sum #(
      .WeightBits(WeightBits),
      .WeightHasZero(WeightHasZero),
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
endmodule : shift_dot
