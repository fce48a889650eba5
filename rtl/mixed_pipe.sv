// mixed_pipe: mixed_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   weights of form 1, 4 bits: 4'b1010 (-4), 4'b0000 (1); activations of form 0, 2 + 1 bits: 3 and 2 units; StageRows 1
// -> -10,
//   two clock edges later
// Ports, costs: as in mixed_dot; clk_i.  Range: as mixed_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_mixed_pipe.
module mixed_pipe #(
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
    parameter int StageRows = 8,
    parameter int SumBits = 30,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic clk_i,
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
      .StageRows(StageRows),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(clk_i),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
  if (StageRows < 1 || StageRows > 64) $error("mixed_pipe: StageRows is not 1..64");
endmodule : mixed_pipe
