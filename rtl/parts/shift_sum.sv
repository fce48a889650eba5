// shift_sum: y = sum over lanes of the products of shift_mul, exact: what shift_dot and shift_pipe are made of.
//
// Each lane shifts by the low bits of its field (multiply); the rows with the rest of the shift, the sign and the zero
// form one chain for each group of ChainLength lanes, their carries counted apart (accumulate).
// With StageRows a chain is registered after every StageRows rows and at its end; operands and carries wait.
// Ports, range: as in shift_dot.  Latency: 0, or with StageRows the rows of a chain / StageRows, rounded up.
// Golden: ng_shift_dot.
module shift_sum #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 21
) (
    input  logic                            clk_i,
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
  localparam int ROWS = StageRows != 0 ? StageRows : CHAIN;
  localparam int LATENCY = StageRows != 0 ? (CHAIN + ROWS - 1) / ROWS : 0;

  logic [Lanes*SHIFTED_BITS-1:0] shifted;
  logic [Lanes-1:0] high, low_any, negative, carries;
  logic [CHAINS*ROW_BITS-1:0] sums;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [WeightBits-1:0] weight;
    logic [ActivationBits-1:0] activation;
    delay_line #(
        .Bits(WeightBits + ActivationBits),
        .Cycles((i % CHAIN) / ROWS)
    ) u_wait (
        .clk_i(clk_i),
        .data_i({w_i[i*WeightBits+:WeightBits], a_i[i*ActivationBits+:ActivationBits]}),
        .data_o({weight, activation})
    );
    shift_field #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(weight),
        .a_i(activation),
        .shifted_o(shifted[i*SHIFTED_BITS+:SHIFTED_BITS]),
        .high_o(high[i]),
        .low_any_o(low_any[i]),
        .negative_o(negative[i])
    );
  end

  for (genvar c = 0; c < CHAINS; c++) begin : g_chain
    localparam int FIRST = c * CHAIN;
    localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
    logic [ROW_BITS-1:0] sum;
    logic [LENGTH-1:0] carry;
    shift_chain #(
        .Lanes(LENGTH),
        .StageRows(StageRows),
        .Bits(SHIFTED_BITS),
        .HighShift(1 << (WeightBits - 2)),
        .EnableAlways(1 - WeightHasZero),
        .Drop(WeightHasZero),
        .RowBits(ROW_BITS)
    ) u_accumulate (
        .clk_i(clk_i),
        .a_i(shifted[FIRST*SHIFTED_BITS+:LENGTH*SHIFTED_BITS]),
        .high_i(high[FIRST+:LENGTH]),
        .low_any_i(low_any[FIRST+:LENGTH]),
        .negative_i(negative[FIRST+:LENGTH]),
        .sum_o(sum),
        .carry_o(carry)
    );
    delay_line #(
        .Bits(ROW_BITS),
        .Cycles(LATENCY == 0 ? 0 : LATENCY - (LENGTH - 1) / ROWS)
    ) u_sum (
        .clk_i(clk_i),
        .data_i(sum),
        .data_o(sums[c*ROW_BITS+:ROW_BITS])
    );
    for (genvar i = 0; i < LENGTH; i++) begin : g_carry
      delay_line #(
          .Bits(1),
          .Cycles(LATENCY == 0 ? 0 : LATENCY - i / ROWS)
      ) u_carry (
          .clk_i(clk_i),
          .data_i(carry[i]),
          .data_o(carries[FIRST+i])
      );
    end
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

  if (Lanes < 1 || Lanes > 64) $error("shift_sum: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("shift_sum: ChainLength is not 1..64");
  if (SumBits < ROW_BITS + 1) $error("shift_sum: SumBits is less than the product's");
endmodule : shift_sum
