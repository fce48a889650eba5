// int_dot: y = sum over lanes of w[i] * a[i], two's complement, exact.
//
// The operand with fewer row bits is recoded into radix-4 Booth digits. For each digit and each group of ChainLength
// lanes the rows of that digit form one chain; the rows' carries are counted apart; chains, counts and the constant
// that takes back the rows' offsets are added at the end.
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
    parameter int SumBits = 21
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  // Row bits of a lane, and one more a digit for the carries, decide which operand is recoded.
  localparam int WEIGHT_COST = (ActivationBits + 1) * WeightBits / 2 + (WeightBits + 1) / 2;
  localparam int ACTIVATION_COST = (WeightBits + 1) * ActivationBits / 2 + (ActivationBits + 1) / 2;

  if (WEIGHT_COST <= ACTIVATION_COST) begin : g_weight
    booth_dot #(
        .RecodedBits(WeightBits),
        .MultiplicandBits(ActivationBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .SumBits(SumBits)
    ) u_booth (
        .recoded_i(w_i),
        .multiplicand_i(a_i),
        .sum_o(y_o)
    );
  end else begin : g_activation
    booth_dot #(
        .RecodedBits(ActivationBits),
        .MultiplicandBits(WeightBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .SumBits(SumBits)
    ) u_booth (
        .recoded_i(a_i),
        .multiplicand_i(w_i),
        .sum_o(y_o)
    );
  end
endmodule : int_dot
