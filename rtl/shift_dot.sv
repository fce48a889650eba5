// shift_dot: y = sum over lanes of the products of shift_mul, exact.
//
// Each lane shifts by the low bits of its field (multiply); the rows with the rest of the shift, the sign and the zero
// form one chain for each group of ChainLength lanes, their carries counted apart (accumulate).
//   WeightBits 4, no zero, Lanes 2: w {4'b1010, 4'b0000}, a {3, 3} -> -9
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: WeightBits 2..6, ActivationBits 2..8, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0, about ChainLength + 6 rows deep.  Golden: ng_shift_dot.
// LUTs: per lane those of shift_mul and about two thirds of one.
module shift_dot #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  localparam int SHIFTED_BITS = ActivationBits + (1 << (WeightBits - 2)) - 1;
  localparam int ROW_BITS = ActivationBits + (1 << (WeightBits - 1)) - 1 - WeightHasZero;
  localparam int CHAIN = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int CHAINS = (Lanes + CHAIN - 1) / CHAIN;
  // Pairs of offsets 2^(ROW_BITS - 1), in carries: half the lanes of each chain, rounded up.
  localparam int PAIRS = (CHAINS - 1) * ((CHAIN + 1) / 2) + (Lanes - (CHAINS - 1) * CHAIN + 1) / 2;

  logic [Lanes*SHIFTED_BITS-1:0] shifted;
  logic [Lanes-1:0] high, low_any, negative, carries;
  logic [CHAINS*ROW_BITS-1:0] sums;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    shift_field #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w_i[i*WeightBits+:WeightBits]),
        .a_i(a_i[i*ActivationBits+:ActivationBits]),
        .shifted_o(shifted[i*SHIFTED_BITS+:SHIFTED_BITS]),
        .high_o(high[i]),
        .low_any_o(low_any[i]),
        .negative_o(negative[i])
    );
  end

  for (genvar c = 0; c < CHAINS; c++) begin : g_chain
    localparam int FIRST = c * CHAIN;
    localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
    shift_chain #(
        .Lanes(LENGTH),
        .Bits(SHIFTED_BITS),
        .HighShift(1 << (WeightBits - 2)),
        .EnableAlways(1 - WeightHasZero),
        .Drop(WeightHasZero),
        .RowBits(ROW_BITS)
    ) u_accumulate (
        .a_i(shifted[FIRST*SHIFTED_BITS+:LENGTH*SHIFTED_BITS]),
        .high_i(high[FIRST+:LENGTH]),
        .low_any_i(low_any[FIRST+:LENGTH]),
        .negative_i(negative[FIRST+:LENGTH]),
        .sum_o(sums[c*ROW_BITS+:ROW_BITS]),
        .carry_o(carries[FIRST+:LENGTH])
    );
  end

  chain_merge #(
      .Lanes(Lanes),
      .Chains(CHAINS),
      .Digits(1),
      .RowBits(ROW_BITS),
      .ShortLast(0),
      .Pairs(PAIRS),
      .SumBits(SumBits)
  ) u_accumulate (
      .sum_i(sums),
      .carry_i(carries),
      .sum_o(y_o)
  );

  if (Lanes < 1 || Lanes > 64) $error("shift_dot: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("shift_dot: ChainLength is not 1..64");
  if (SumBits < ROW_BITS + 1) $error("shift_dot: SumBits is less than the product's");
endmodule : shift_dot
