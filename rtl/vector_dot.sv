// vector_dot: y = sum over indices i and lanes j < d of value[w[i] * d + j] * a[i * d + j], two's complement, exact: a vector
// codebook, one index for d = 2^LaneBits weights.
//
//   LaneBits 1, WeightBits 1, Lanes 2, Table0 = 10 + 32768 * 5: w 0, a {2, -3} -> 10 * -3 + 5 * 2 = -20
// The digits of each lane's value are looked up by the lane's own table (multiply); the rest is table_dot.
// Ports: w_i index i at [i*WeightBits +: WeightBits], a_i lane i at [i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: WeightBits and LaneBits 1 and up, together at most 5; the rest as in table_dot.  Latency: 0.
// Golden: ng_vector_dot.  LUTs: those of table_dot.
module vector_dot #(
    parameter int WeightBits = 3,
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
    parameter int LaneBits = 1,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 17
) (
    input  logic [(Lanes>>LaneBits)*WeightBits-1:0] w_i,
    input  logic [        Lanes*ActivationBits-1:0] a_i,
    output logic [                     SumBits-1:0] y_o
);
  table_dot #(
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
  ) u_element (
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );

  if (LaneBits < 1) $error("vector_dot: LaneBits is not 1 and up");
endmodule : vector_dot
