// sign_pipe: sign_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   WeightForm 2, 2 bits, Lanes 2, StageRows 1: w {2'b11, 2'b01}, a {5, 3} -> -2, two clock edges later
// Ports, costs: as in sign_dot; clk_i.  Range: as sign_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_sign_pipe.
module sign_pipe #(
    parameter int WeightForm = 2,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 14
) (
    input  logic clk_i,
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
      .StageRows(StageRows),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(clk_i),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
  if (StageRows < 1 || StageRows > 64) $error("sign_pipe: StageRows is not 1..64");
endmodule : sign_pipe
