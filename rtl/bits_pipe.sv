// bits_pipe: bits_dot with registers after every StageRows places of a chain, one sum a clock cycle.
//
// The ones of StageRows places of all chains are counted in a clock cycle and added to the count so far; a lane's codes wait
// by place in the chain / StageRows clock edges.
//   WeightBits 1, ActivationBits 1, Lanes 4, StageRows 2: w 4'b0011, a 4'b0001 -> 2, two clock edges later
// Ports: as in bits_dot; clk_i.  Range: as bits_dot; ChainLength, StageRows 1..64.
// Latency: places of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_bits_pipe.
// LUTs: those of bits_dot and a row of the count's bits a stage.
module bits_pipe #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 7
) (
    input  logic                            clk_i,
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  bits_sum #(
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
  if (StageRows < 1 || StageRows > 64) $error("bits_pipe: StageRows is not 1..64");
endmodule : bits_pipe
