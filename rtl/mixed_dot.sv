// mixed_dot: y = {flag, sum over lanes of w[i] * a[i]}, exact in fixed point, for operands of different kinds.
//
//   weights of form 1, 4 bits: 4'b1010 (-4), 4'b0000 (1); activations of form 0, 2 + 1 bits: 3 and 2 units -> -10
// Operands: forms of rtl/parts/mixed_operand.sv.
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum (SumBits) and,
// with specials on a side, the flag.
// Latency: 0 (combinational).  Range: as mixed_term; Lanes 1..64; ChainLength 1..64; SumBits = MagnitudeBits + 1 +
// ceil(log2 Lanes).  Golden: ng_mixed_dot.
// Chains and the count of carries and signs are those of minifloat_dot.
// Costs: see mixed_term; u_accumulate* also the count of carries and the end.
module mixed_dot #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 3,
    parameter int WeightMantissaBits = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int MagnitudeBits = 24,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 30,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [  SumBits+FlagBits-1:0] y_o
);
  mixed_sum #(
      .WeightForm(WeightForm),
      .WeightBits(WeightBits),
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .WeightSpecials(WeightSpecials),
      .ActivationForm(ActivationForm),
      .ActivationBits(ActivationBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .ActivationSpecials(ActivationSpecials),
      .MagnitudeBits(MagnitudeBits),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : mixed_dot
