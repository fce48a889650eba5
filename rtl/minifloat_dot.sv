// minifloat_dot: y = sum over lanes of w[i] * a[i], exact in fixed point; flag = any operand special.
//
//   y = {flag, sum}; sum is two's complement in units of 2^lsb; lane i at bits [i * element bits, (i+1) * element bits).
//
// Worked rows, Lanes = 2, 2 + 1 bits on both sides (lsb = 2^-2):
//   w_i = {4'b0010, 4'b0001} (1, 0.5), a_i = {4'b0010, 4'b1111} (1, -6)  ->  sum = 4 - 12 = -8
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; Lanes 1..64; ChainLength 1..64;
// SumBits = product bits + ceil(log2 Lanes) + 1, as ng_datapath_parameters() gives it.
// Corners: a special code (Specials 1: every bit below the sign is 1; Specials 2: every exponent bit is 1) sets the
// flag; the sum is that of the codes read as ordinary numbers. Without specials on either side there is no flag.
// Made of minifloat_sum: chains of up to ChainLength lanes, which are added at the end.
// Costs: see minifloat_term; u_multiply* product, sign and flag, u_align* shifts, u_accumulate* each lane's row into
// the sum, the count of carries and the end.
// Golden: ng_minifloat_dot (model/minifloat_dot.c).
module minifloat_dot #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 42,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [          ResultBits-1:0] y_o
);
  minifloat_sum #(
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .WeightSpecials(WeightSpecials),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .ActivationSpecials(ActivationSpecials),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : minifloat_dot
