// table_dot: y = sum over lanes of value[w[i]] * a[i] for a table of integers, two's complement, exact.
//
// The index of each lane looks up the digits of radix 4 of its value (multiply); the rows of a digit form chains,
// merged as in int_dot.
//   Table0 = 10 + 32768 * 5, Lanes 2: w {1, 0}, a {2, -3} -> -20
// With LaneBits one index of w_i serves 2^LaneBits lanes: value[index * 2^LaneBits + j] is that of the lane j of these.
// Ports: lane i in w_i[i*WeightBits +: WeightBits], with LaneBits in that of i >> LaneBits, and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: as in table_mul, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0, about ChainLength + 7 rows deep.  Golden: ng_table_dot.
// LUTs: per lane those of table_mul and about two thirds of one for each digit.
module table_dot #(
    parameter int WeightBits = 4,
    parameter int Digits = 2,
    parameter int ShortLast = 0,
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
    parameter int LaneBits = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 17
) (
    input  logic [(Lanes>>LaneBits)*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  table_sum #(
      .WeightBits(WeightBits),
      .Digits(Digits),
      .ShortLast(ShortLast),
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
      .LaneBits(LaneBits),
      .ActivationBits(ActivationBits),
      .ActivationSigned(ActivationSigned),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
endmodule : table_dot
