// booth_dot: sum over lanes of recoded * multiplicand, two's complement; int_dot and int_pipe with the recoded operand named.
//
// Digit d of a group of lanes is one chain of booth_rows; its sums weigh 4^d, its carries 4^d * 2^(row bits). The offsets of
// all rows, rounded up to whole carries by the chains' starts, are taken back by chain_merge. An odd RecodedBits makes
// the last digit's rows one bit shorter. With Serial a digit's chain starts from the sum of the digit before, whose two low
// bits are finished: one long chain a group, no sums of digits to add.
// With StageRows a chain is registered after every StageRows rows and at its end; operands and carries wait for their row.
// Range, ports, cost split: as in int_dot; not Serial and StageRows together.
// Latency: 0, or with StageRows the rows of a chain / StageRows, rounded up.  Golden: ng_int_dot.
// LUTs: Lanes * (MultiplicandBits + 1) * RecodedBits / 2, and about 0.6 for each lane and digit.
module booth_dot #(
    parameter int RecodedBits = 8,
    parameter int MultiplicandBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int Serial = 0,
    parameter int StageRows = 0,
    parameter int SumBits = 21
) (
    input  logic                              clk_i,
    input  logic [Lanes*RecodedBits-1:0]      recoded_i,
    input  logic [Lanes*MultiplicandBits-1:0] multiplicand_i,
    output logic [SumBits-1:0]                sum_o
);
  localparam int DIGITS = (RecodedBits + 1) / 2;
  localparam int ODD = RecodedBits % 2;
  localparam int WIDE_ROWS = DIGITS - ODD;
  localparam int ROW_BITS = MultiplicandBits + 1;
  localparam int CHAIN = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int CHAINS = (Lanes + CHAIN - 1) / CHAIN;
  localparam int TOTAL_BITS = ROW_BITS - ODD + 2 * (DIGITS - 1);
  // Pairs of offsets 2^(row bits - 1), in carries: half the lanes of each chain, rounded up.
  localparam int PAIRS = (CHAINS - 1) * ((CHAIN + 1) / 2) + (Lanes - (CHAINS - 1) * CHAIN + 1) / 2;
  localparam int ROWS = StageRows != 0 ? StageRows : CHAIN;
  localparam int LATENCY = StageRows != 0 ? (CHAIN + ROWS - 1) / ROWS : 0;

  logic [Lanes*RecodedBits-1:0] recoded;
  logic [Lanes*MultiplicandBits-1:0] multiplicand;
  logic [DIGITS*CHAINS*ROW_BITS-1:0] sums;
  logic [CHAINS*TOTAL_BITS-1:0] totals;
  logic [DIGITS*Lanes-1:0] carries;

  for (genvar i = 0; i < Lanes; i++) begin : g_wait
    delay_line #(
        .Bits(RecodedBits + MultiplicandBits),
        .Cycles((i % CHAIN) / ROWS)
    ) u_operands (
        .clk_i(clk_i),
        .data_i({recoded_i[i*RecodedBits+:RecodedBits], multiplicand_i[i*MultiplicandBits+:MultiplicandBits]}),
        .data_o({recoded[i*RecodedBits+:RecodedBits], multiplicand[i*MultiplicandBits+:MultiplicandBits]})
    );
  end

  for (genvar d = 0; d < DIGITS; d++) begin : g_digit
    localparam int BITS = d < WIDE_ROWS ? ROW_BITS : MultiplicandBits;
    for (genvar c = 0; c < CHAINS; c++) begin : g_chain
      localparam int FIRST = c * CHAIN;
      localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
      localparam int AT = (d * CHAINS + c) * ROW_BITS;
      logic [BITS-1:0] start;
      logic [BITS-1:0] sum;
      logic [LENGTH*3-1:0] digit;
      logic [LENGTH-1:0] carry;
      if (d > 0 && Serial != 0) begin : g_continued
        assign start = BITS'(sums[AT-CHAINS*ROW_BITS+2+:ROW_BITS-2]) | (BITS'(LENGTH % 2) << (BITS - 1));
      end else begin : g_started
        assign start = BITS'(LENGTH % 2) << (BITS - 1);
      end
      for (genvar i = 0; i < LENGTH; i++) begin : g_lane
        logic [2*DIGITS:0] padded;
        logic unused_digits;
        assign padded = (2*DIGITS+1)'($signed({recoded[(FIRST+i)*RecodedBits+:RecodedBits], 1'b0}));
        assign digit[i*3+:3] = padded[2*d+:3];
        assign unused_digits = ^padded;
        delay_line #(
            .Bits(1),
            .Cycles(LATENCY == 0 ? 0 : LATENCY - i / ROWS)
        ) u_carry (
            .clk_i(clk_i),
            .data_i(carry[i]),
            .data_o(carries[d*Lanes+FIRST+i])
        );
      end
      if (d < DIGITS - 1) begin : g_inner
        booth_rows #(
            .Lanes(LENGTH),
            .MultiplicandBits(MultiplicandBits),
            .RowBits(BITS),
            .StageRows(StageRows)
        ) u_multiply (
            .clk_i(clk_i),
            .start_i(start),
            .multiplicand_i(multiplicand[FIRST*MultiplicandBits+:LENGTH*MultiplicandBits]),
            .digit_i(digit),
            .sum_o(sum),
            .carry_o(carry)
        );
        assign totals[c*TOTAL_BITS+2*d+:2] = sums[AT+:2];
      end else begin : g_last
        booth_rows #(
            .Lanes(LENGTH),
            .MultiplicandBits(MultiplicandBits),
            .RowBits(BITS),
            .StageRows(StageRows)
        ) u_accumulate (
            .clk_i(clk_i),
            .start_i(start),
            .multiplicand_i(multiplicand[FIRST*MultiplicandBits+:LENGTH*MultiplicandBits]),
            .digit_i(digit),
            .sum_o(sum),
            .carry_o(carry)
        );
        assign totals[c*TOTAL_BITS+2*d+:BITS] = sums[AT+:BITS];
      end
      delay_line #(
          .Bits(ROW_BITS),
          .Cycles(LATENCY == 0 ? 0 : LATENCY - (LENGTH - 1) / ROWS)
      ) u_sum (
          .clk_i(clk_i),
          .data_i(ROW_BITS'(sum)),
          .data_o(sums[AT+:ROW_BITS])
      );
    end
  end

  if (Serial != 0) begin : g_serial
    serial_merge #(
        .Lanes(Lanes),
        .Chains(CHAINS),
        .Digits(DIGITS),
        .RowBits(ROW_BITS),
        .ShortLast(ODD),
        .Pairs(PAIRS),
        .SumBits(SumBits)
    ) u_accumulate (
        .total_i(totals),
        .carry_i(carries),
        .sum_o(sum_o)
    );
  end else begin : g_digits
    logic unused_totals;
    assign unused_totals = ^totals;
    chain_merge #(
        .Lanes(Lanes),
        .Chains(CHAINS),
        .Digits(DIGITS),
        .RowBits(ROW_BITS),
        .ShortLast(ODD),
        .Pairs(PAIRS),
        .SumBits(SumBits)
    ) u_accumulate (
        .sum_i(sums),
        .carry_i(carries),
        .sum_o(sum_o)
    );
  end

  if (Lanes < 1 || Lanes > 64) $error("booth_dot: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("booth_dot: ChainLength is not 1..64");
  if (Serial != 0 && StageRows != 0) $error("booth_dot: a chain through all digits has no registers");
  if (SumBits < RecodedBits + MultiplicandBits) $error("booth_dot: SumBits is less than the product's");
endmodule : booth_dot
