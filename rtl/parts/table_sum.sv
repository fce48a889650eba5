// table_sum: y = sum over lanes of value[w[i]] * a[i] for a table of integers, two's complement, exact.
// What table_dot and table_pipe are made of: with StageRows a chain is registered after every StageRows rows and at its
// end; operands and carries wait.
//
// The index of each lane looks up the digits of radix 4 of its value (multiply); the rows of a digit form chains,
// merged as in int_dot.
//   Table0 = 10 + 32768 * 5, Lanes 2: w {1, 0}, a {2, -3} -> -20
// With LaneBits one index of w_i serves 2^LaneBits lanes: value[index * 2^LaneBits + j] is that of the lane j of these.
// Ports: as in table_dot; clk_i.
// Range: as in table_mul, Lanes 1..64, ChainLength 1..64 (longer than Lanes is one chain).
// Latency: 0 (about ChainLength + 7 rows deep), or with StageRows the rows of a chain / StageRows, rounded up.
// Golden: ng_table_dot.
// LUTs: per lane those of table_mul and about two thirds of one for each digit.
module table_sum #(
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
    parameter int StageRows = 0,
    parameter int SumBits = 17
) (
    input  logic clk_i,
    input  logic [(Lanes>>LaneBits)*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int ROW_BITS = BITS + 1;
  localparam int CHAIN = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int CHAINS = (Lanes + CHAIN - 1) / CHAIN;
  localparam int PAIRS = (CHAINS - 1) * ((CHAIN + 1) / 2) + (Lanes - (CHAINS - 1) * CHAIN + 1) / 2;
  localparam int PRODUCT_BITS = 2 * Digits - ShortLast + BITS;
  localparam int ROWS = StageRows != 0 ? StageRows : CHAIN;
  localparam int LATENCY = StageRows != 0 ? (CHAIN + ROWS - 1) / ROWS : 0;
  localparam int INNER = PRODUCT_BITS > SumBits ? PRODUCT_BITS : SumBits;

  logic [Lanes*BITS-1:0] a;
  logic [Digits*Lanes*3-1:0] digits;
  logic [Digits*CHAINS*ROW_BITS-1:0] sums;
  logic [Digits*Lanes-1:0] carries;
  logic [INNER-1:0] sum;
  logic unused_top;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [WeightBits-1:0] index;
    logic [ActivationBits-1:0] code;
    logic [3*Digits-1:0] digit;
    delay_line #(
        .Bits(WeightBits + ActivationBits),
        .Cycles((i % CHAIN) / ROWS)
    ) u_wait (
        .clk_i(clk_i),
        .data_i({w_i[(i>>LaneBits)*WeightBits+:WeightBits], a_i[i*ActivationBits+:ActivationBits]}),
        .data_o({index, code})
    );
    assign a[i*BITS+:BITS] = ActivationSigned != 0 ? BITS'($signed(code)) : BITS'(code);
    table_digits #(
        .IndexBits(WeightBits),
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
        .Digits(Digits),
        .LaneBits(LaneBits),
        .Lane(i % (1 << LaneBits))
    ) u_multiply_digits (
        .index_i(index),
        .digit_o(digit)
    );
    for (genvar d = 0; d < Digits; d++) begin : g_digit
      assign digits[(d*Lanes+i)*3+:3] = digit[3*d+:3];
    end
  end

  for (genvar d = 0; d < Digits; d++) begin : g_digit
    localparam int ROW = d < Digits - ShortLast ? ROW_BITS : BITS;
    for (genvar c = 0; c < CHAINS; c++) begin : g_chain
      localparam int FIRST = c * CHAIN;
      localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
      localparam int AT = (d * CHAINS + c) * ROW_BITS;
      localparam logic [ROW-1:0] START = ROW'(LENGTH % 2) << (ROW - 1);
      logic [ROW-1:0] chain;
      logic [LENGTH-1:0] carry;
      if (d < Digits - 1) begin : g_inner
        booth_rows #(
            .Lanes(LENGTH),
            .MultiplicandBits(BITS),
            .RowBits(ROW),
            .StageRows(StageRows)
        ) u_multiply_chain (
            .clk_i(clk_i),
            .start_i(START),
            .multiplicand_i(a[FIRST*BITS+:LENGTH*BITS]),
            .digit_i(digits[(d*Lanes+FIRST)*3+:LENGTH*3]),
            .sum_o(chain),
            .carry_o(carry)
        );
      end else begin : g_last
        booth_rows #(
            .Lanes(LENGTH),
            .MultiplicandBits(BITS),
            .RowBits(ROW),
            .StageRows(StageRows)
        ) u_accumulate_chain (
            .clk_i(clk_i),
            .start_i(START),
            .multiplicand_i(a[FIRST*BITS+:LENGTH*BITS]),
            .digit_i(digits[(d*Lanes+FIRST)*3+:LENGTH*3]),
            .sum_o(chain),
            .carry_o(carry)
        );
      end
      delay_line #(
          .Bits(ROW_BITS),
          .Cycles(LATENCY == 0 ? 0 : LATENCY - (LENGTH - 1) / ROWS)
      ) u_sum (
          .clk_i(clk_i),
          .data_i(ROW_BITS'(chain)),
          .data_o(sums[AT+:ROW_BITS])
      );
      for (genvar i = 0; i < LENGTH; i++) begin : g_carry
        delay_line #(
            .Bits(1),
            .Cycles(LATENCY == 0 ? 0 : LATENCY - i / ROWS)
        ) u_carry (
            .clk_i(clk_i),
            .data_i(carry[i]),
            .data_o(carries[d*Lanes+FIRST+i])
        );
      end
    end
  end

  chain_merge #(
      .Lanes(Lanes),
      .Chains(CHAINS),
      .Digits(Digits),
      .RowBits(ROW_BITS),
      .ShortLast(ShortLast),
      .Pairs(PAIRS),
      .SumBits(INNER)
  ) u_accumulate_merge (
      .sum_i(sums),
      .carry_i(carries),
      .sum_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = ^sum;

  if (Lanes < 1 || Lanes > 64) $error("table_sum: Lanes is not 1..64");
  if (Lanes % (1 << LaneBits) != 0) $error("table_sum: Lanes is no multiple of an index's");
  if (ChainLength < 1 || ChainLength > 64) $error("table_sum: ChainLength is not 1..64");
endmodule : table_sum
