// int_pipe: int_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   int4, Lanes 2, StageRows 1: w {7, -8}, a {1, -8} -> 71, two clock edges later
// Ports, cost split: as in int_dot; clk_i.
// Range: as int_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_int_pipe.
// LUTs: those of int_dot.
module int_pipe #(
    parameter int WeightBits = 8,
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
  int_sum #(
      .WeightBits(WeightBits),
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
  if (StageRows < 1 || StageRows > 64) $error("int_pipe: StageRows is not 1..64");
endmodule : int_pipe
