// shift_pipe: shift_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   WeightBits 4, no zero, Lanes 2, StageRows 1: w {4'b1010, 4'b0000}, a {3, 3} -> -9, two clock edges later
// Ports, cost split: as in shift_dot; clk_i.  Range: as shift_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_shift_pipe.
// LUTs: those of shift_dot.
module shift_pipe #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 21
) (
    input  logic                            clk_i,
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
      .StageRows(StageRows),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(clk_i),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
  if (StageRows < 1 || StageRows > 64) $error("shift_pipe: StageRows is not 1..64");
endmodule : shift_pipe
