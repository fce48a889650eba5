// int_dot: y = sum over lanes of w[i] * a[i], two's complement, exact.
//
// The operand with fewer row bits is recoded into radix-4 Booth digits. For each digit and each group of ChainLength
// lanes the rows of that digit form one chain; the rows' carries are counted apart; chains, counts and the constant
// that takes back the rows' offsets are added at the end (Architecture 0), or a chain runs through all digits, deeper and with
// less to add at the end (Architecture 1).
//   int4, Lanes 2: w {7, -8}, a {1, -8} -> 71
// Cost split: a row of any but the last digit is multiply; the last digit's rows, which complete a product inside the
// sum, and all that follows are accumulate.
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: WeightBits, ActivationBits 2..8, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0, about ChainLength + 6 rows deep.  Golden: ng_int_dot.
// LUTs: per lane those of int_mul and about two thirds of one for each digit.
module int_dot #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int Architecture = 0,
    parameter int SumBits = 21
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  int_sum #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .Serial(Architecture),
      .SumBits(SumBits)
  ) u_sum (
      .clk_i(1'b0),
      .w_i(w_i),
      .a_i(a_i),
      .y_o(y_o)
  );
  if (Architecture < 0 || Architecture > 1) $error("int_dot: Architecture is not 0 or 1");
endmodule : int_dot
