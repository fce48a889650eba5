// lookup_pipe: lookup_dot with registers after every StageRows rows of a chain, one sum a clock cycle.
//
// A lane waits until its row's turn: its codes are delayed by place in the chain / StageRows clock edges. The chains are
// registered at their ends; what adds them up is combinational behind.
//   Table0 = 32768 - 10, WeightBits 5, a 2 + 1 bits, Lanes 1: w 0, a 4'b0011 (3 units) -> -30, one clock edge later
// Ports, costs: as in lookup_dot; clk_i.  Range: as lookup_dot; StageRows 1..64.
// Latency: rows of a chain / StageRows, rounded up, initiation interval 1, no reset.  Golden: ng_lookup_pipe.
module lookup_pipe #(
    parameter int IndexBits = 4,
    parameter logic [31:0] Table0 = 0,
    parameter logic [31:0] Table1 = 0,
    parameter logic [31:0] Table2 = 0,
    parameter logic [31:0] Table3 = 0,
    parameter logic [31:0] Table4 = 0,
    parameter logic [31:0] Table5 = 0,
    parameter logic [31:0] Table6 = 0,
    parameter logic [31:0] Table7 = 0,
    parameter logic [31:0] Table8 = 0,
    parameter logic [31:0] Table9 = 0,
    parameter logic [31:0] Table10 = 0,
    parameter logic [31:0] Table11 = 0,
    parameter logic [31:0] Table12 = 0,
    parameter logic [31:0] Table13 = 0,
    parameter logic [31:0] Table14 = 0,
    parameter logic [31:0] Table15 = 0,
    parameter int WeightForm = 6,
    parameter int WeightBits = 8,
    parameter int WeightExponentBits = 0,
    parameter int WeightMantissaBits = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int MagnitudeBits = 25,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 8,
    parameter int SumBits = 31,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic clk_i,
    input  logic [Lanes*IndexBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits+FlagBits-1:0] y_o
);
  lookup_sum #(
      .IndexBits(IndexBits),
      .Table0(Table0),
      .Table1(Table1),
      .Table2(Table2),
      .Table3(Table3),
      .Table4(Table4),
      .Table5(Table5),
      .Table6(Table6),
      .Table7(Table7),
      .Table8(Table8),
      .Table9(Table9),
      .Table10(Table10),
      .Table11(Table11),
      .Table12(Table12),
      .Table13(Table13),
      .Table14(Table14),
      .Table15(Table15),
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
  if (StageRows < 1 || StageRows > 64) $error("lookup_pipe: StageRows is not 1..64");
endmodule : lookup_pipe
