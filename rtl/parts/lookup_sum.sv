// lookup_sum: y = {flag, sum over lanes of value[w[i]] * a[i]} for a table of integers and a minifloat a, exact in
// What lookup_dot and lookup_pipe are made of: with StageRows a chain is registered after every StageRows rows and at
// its end; operands, carries and signs wait.
// fixed point.
//
// The index looks up its value as a sign and a magnitude (multiply), a code of form 6 for mixed_dot.
//   Table0 = 32768 - 10, WeightBits 5, a 2 + 1 bits: w 0, a 4'b0011 (3 units) -> -30
// Ports: as in mixed_dot, an index of IndexBits for the weight of a lane.
// Range: as in table_code, WeightBits 2..8 of the looked-up code; the rest as in mixed_dot.  Latency: 0, or with
// StageRows the rows of a chain / StageRows, rounded up.
// Golden: ng_lookup_dot.  LUTs: those of table_code, one a lane, and of mixed_dot.
module lookup_sum #(
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
    parameter int StageRows = 0,
    parameter int SumBits = 31,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic clk_i,
    input  logic [Lanes*IndexBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits+FlagBits-1:0] y_o
);
  logic [Lanes*WeightBits-1:0] w;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    table_code #(
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
        .CodeBits(WeightBits)
    ) u_multiply_table (
        .index_i(w_i[i*IndexBits+:IndexBits]),
        .code_o(w[i*WeightBits+:WeightBits])
    );
  end
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
  ) u_element (
      .clk_i(clk_i),
      .w_i(w),
      .a_i(a_i),
      .y_o(y_o)
  );

  if (WeightForm != 6) $error("lookup_sum: WeightForm is not 6");
endmodule : lookup_sum
