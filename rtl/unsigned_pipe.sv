// unsigned_pipe: unsigned_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   int4 x uint4, Lanes 2, StageRows 1: w {7, -8}, a {1, 15} -> -113, two clock edges later
// Ports, costs: as in unsigned_dot; clk_i.  Range: as unsigned_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_unsigned_pipe.
module unsigned_pipe #(
    parameter int WeightBits = 4,
    parameter int WeightSigned = 1,
    parameter int ActivationBits = 4,
    parameter int ActivationSigned = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 13
) (
    input  logic clk_i,
    input  logic [Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0] y_o
);
  unsigned_sum #(
      .WeightBits(WeightBits),
      .WeightSigned(WeightSigned),
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
  if (StageRows < 1 || StageRows > 64) $error("unsigned_pipe: StageRows is not 1..64");
endmodule : unsigned_pipe
