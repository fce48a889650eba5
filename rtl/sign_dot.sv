// sign_dot: y = sum over lanes of the products of sign_mul, exact.
//
//   WeightForm 2, 2 bits, Lanes 2: w {2'b11, 2'b01}, a {5, 3} -> -2
// Each lane is one row of a chain, the sign and the zero inside it (accumulate); a shift's low bits come before
// (multiply).
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: as in sign_mul, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0, about ChainLength + 6 rows deep.  Golden: ng_sign_dot.
// LUTs: per lane a row of ActivationBits (and the shift's) and about two thirds of one.
module sign_dot #(
    parameter int WeightForm = 2,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 14
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  sign_sum #(
      .WeightForm(WeightForm),
      .WeightBits(WeightBits),
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
endmodule : sign_dot
