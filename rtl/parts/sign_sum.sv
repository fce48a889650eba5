// sign_sum: y = sum over lanes of the products of sign_mul, exact.
// What sign_dot and sign_pipe are made of: with StageRows a chain is registered after every StageRows rows and at its
// end; operands and carries wait.
//
//   WeightForm 2, 2 bits, Lanes 2: w {2'b11, 2'b01}, a {5, 3} -> -2
// Each lane is one row of a chain, the sign and the zero inside it (accumulate); a shift's low bits come before
// (multiply).
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: as in sign_mul, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0 (with StageRows the rows of a chain / StageRows, rounded up), about ChainLength + 6 rows deep.  Golden:
// ng_sign_dot.
// LUTs: per lane a row of ActivationBits (and the shift's) and about two thirds of one.
module sign_sum #(
    parameter int WeightForm = 2,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 14
) (
    input  logic clk_i,
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  // An unsigned activation is a signed one of one bit more; a 1-bit one has a row of at least 2.
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int SHIFT_BITS = WeightBits - (WeightForm == 2 ? 2 : 1);
  localparam int HIGH_SHIFT = SHIFT_BITS > 0 ? 1 << (SHIFT_BITS - 1) : 0;
  localparam int SHIFTED_BITS = BITS + (HIGH_SHIFT > 1 ? HIGH_SHIFT - 1 : 0);
  localparam int DROP = WeightForm == 0 ? 1 : 0;
  localparam int ENABLE_ALWAYS = WeightForm == 1 ? 1 : 0;
  localparam int ROW_BITS = SHIFTED_BITS + HIGH_SHIFT - DROP;
  localparam int CHAIN = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int CHAINS = (Lanes + CHAIN - 1) / CHAIN;
  // Pairs of offsets 2^(ROW_BITS - 1), in carries: half the lanes of each chain, rounded up.
  localparam int PAIRS = (CHAINS - 1) * ((CHAIN + 1) / 2) + (Lanes - (CHAINS - 1) * CHAIN + 1) / 2;
  localparam int ROWS = StageRows != 0 ? StageRows : CHAIN;
  localparam int LATENCY = StageRows != 0 ? (CHAIN + ROWS - 1) / ROWS : 0;
  localparam int INNER = SumBits > ROW_BITS ? SumBits : ROW_BITS + 1;

  logic [Lanes*SHIFTED_BITS-1:0] shifted;
  logic [Lanes-1:0] high, low_any, negative, carries;
  logic [CHAINS*ROW_BITS-1:0] sums;
  logic [INNER-1:0] sum;
  logic unused_top;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [WeightBits-1:0] w;
    logic [ActivationBits-1:0] a;
    delay_line #(
        .Bits(WeightBits + ActivationBits),
        .Cycles((i % CHAIN) / ROWS)
    ) u_wait (
        .clk_i(clk_i),
        .data_i({w_i[i*WeightBits+:WeightBits], a_i[i*ActivationBits+:ActivationBits]}),
        .data_o({w, a})
    );
    sign_weight #(
        .Form(WeightForm),
        .WeightBits(WeightBits),
        .Bits(BITS),
        .OutBits(SHIFTED_BITS)
    ) u_multiply_weight (
        .w_i(w),
        .a_i(ActivationSigned != 0 ? BITS'($signed(a)) : BITS'(a)),
        .shifted_o(shifted[i*SHIFTED_BITS+:SHIFTED_BITS]),
        .high_o(high[i]),
        .low_any_o(low_any[i]),
        .negative_o(negative[i])
    );
  end

  for (genvar c = 0; c < CHAINS; c++) begin : g_chain
    localparam int FIRST = c * CHAIN;
    localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
    logic [ROW_BITS-1:0] chain;
    logic [LENGTH-1:0] carry;
    shift_chain #(
        .Lanes(LENGTH),
        .StageRows(StageRows),
        .Bits(SHIFTED_BITS),
        .HighShift(HIGH_SHIFT),
        .EnableAlways(ENABLE_ALWAYS),
        .Drop(DROP),
        .RowBits(ROW_BITS)
    ) u_accumulate_chain (
        .clk_i(clk_i),
        .a_i(shifted[FIRST*SHIFTED_BITS+:LENGTH*SHIFTED_BITS]),
        .high_i(high[FIRST+:LENGTH]),
        .low_any_i(low_any[FIRST+:LENGTH]),
        .negative_i(negative[FIRST+:LENGTH]),
        .sum_o(chain),
        .carry_o(carry)
    );
    delay_line #(
        .Bits(ROW_BITS),
        .Cycles(LATENCY == 0 ? 0 : LATENCY - (LENGTH - 1) / ROWS)
    ) u_sum (
        .clk_i(clk_i),
        .data_i(chain),
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
      .SumBits(INNER)
  ) u_accumulate_merge (
      .sum_i(sums),
      .carry_i(carries),
      .sum_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = sum[INNER-1];

  if (Lanes < 1 || Lanes > 64) $error("sign_sum: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("sign_sum: ChainLength is not 1..64");
  if (SumBits < ROW_BITS) $error("sign_sum: SumBits is less than the product's");
endmodule : sign_sum
