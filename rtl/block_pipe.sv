// block_pipe: block_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind. The scales wait for the sum.
//   int4 elements, Lanes 2, StageRows 1: w {8'd127, 4'd1, 4'd2}, a {8'd128, 4'd3, 4'd5} -> scale 255, sum 13, two clock
// edges
//   later
// Ports, costs: as in block_dot; clk_i.  Range: as block_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_block_pipe.
module block_pipe #(
    parameter int WeightBits = 8,
    parameter int WeightExponentBits = 0,
    parameter int WeightMantissaBits = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 0,
    parameter int ActivationMantissaBits = 0,
    parameter int ScaleHasNan = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationSpecials = 0,
    parameter int ScaleProduct = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int W_BITS = Lanes*WeightBits,
    localparam int A_BITS = Lanes*ActivationBits,
    localparam int SCALE_BITS = ScaleProduct != 0 ? 13 : 9,
    localparam int ELEMENT_FLAG = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int FLAG_BITS = ScaleHasNan != 0 || ELEMENT_FLAG != 0 ? 1 : 0,
    localparam int RESULT_BITS = SumBits + SCALE_BITS + FLAG_BITS
) (
    input  logic clk_i,
    input  logic [W_BITS+7:0]      w_i,
    input  logic [A_BITS+7:0]      a_i,
    output logic [RESULT_BITS-1:0] y_o
);
  block_sum #(
      .WeightBits(WeightBits),
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationBits(ActivationBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .ScaleHasNan(ScaleHasNan),
      .WeightSpecials(WeightSpecials),
      .ActivationSpecials(ActivationSpecials),
      .ScaleProduct(ScaleProduct),
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
  if (StageRows < 1 || StageRows > 64) $error("block_pipe: StageRows is not 1..64");
endmodule : block_pipe
