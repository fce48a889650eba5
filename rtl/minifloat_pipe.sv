// minifloat_pipe: minifloat_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   2 + 1 bits on both sides, Lanes 2, StageRows 1: w (1, 0.5), a (1, -6) -> 4 - 12 = -8, two clock edges later
//
// Ports, corners, costs: as in minifloat_dot; clk_i.
// Range: as minifloat_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up.  Initiation interval: 1.  No reset.
// Golden: ng_minifloat_pipe (model/minifloat_pipe.c).
module minifloat_pipe #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 42,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
    input  logic                            clk_i,
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
      .StageRows(StageRows),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(clk_i),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
  if (StageRows < 1 || StageRows > 64) $error("minifloat_pipe: StageRows must be 1..64");
endmodule : minifloat_pipe
