// booth_dot: sum over lanes of recoded * multiplicand, two's complement; int_dot with the recoded operand named.
//
// Digit d of a group of lanes is one booth_chain; its sums weigh 4^d, its carries 4^d * 2^(row bits). The offsets of
// all rows, rounded up to whole carries by the chains' starts, are taken back by chain_merge. An odd RecodedBits makes
// the last digit's rows one bit shorter.
// Range, ports, cost split: as in int_dot.  Latency: 0.  Golden: ng_int_dot.
// LUTs: Lanes * (MultiplicandBits + 1) * RecodedBits / 2, and about two thirds of one for each lane and digit.
module booth_dot #(
    parameter int RecodedBits = 8,
    parameter int MultiplicandBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21
) (
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
  // Pairs of offsets 2^(row bits - 1), in carries: half the lanes of each chain, rounded up.
  localparam int PAIRS = (CHAINS - 1) * ((CHAIN + 1) / 2) + (Lanes - (CHAINS - 1) * CHAIN + 1) / 2;

  logic [DIGITS*CHAINS*ROW_BITS-1:0] sums;
  logic [DIGITS*Lanes-1:0] carries;

  for (genvar d = 0; d < DIGITS; d++) begin : g_digit
    localparam int BITS = d < WIDE_ROWS ? ROW_BITS : MultiplicandBits;
    for (genvar c = 0; c < CHAINS; c++) begin : g_chain
      localparam int FIRST = c * CHAIN;
      localparam int LENGTH = Lanes - FIRST < CHAIN ? Lanes - FIRST : CHAIN;
      localparam int AT = (d * CHAINS + c) * ROW_BITS;
      logic [LENGTH*3-1:0] digit;
      for (genvar i = 0; i < LENGTH; i++) begin : g_lane
        logic [2*DIGITS:0] recoded;
        logic unused_digits;
        assign recoded = (2*DIGITS+1)'($signed({recoded_i[(FIRST+i)*RecodedBits+:RecodedBits], 1'b0}));
        assign digit[i*3+:3] = recoded[2*d+:3];
        assign unused_digits = ^recoded;
      end
      if (d < DIGITS - 1) begin : g_inner
        booth_chain #(
            .Lanes(LENGTH),
            .MultiplicandBits(MultiplicandBits),
            .RowBits(BITS)
        ) u_multiply (
            .multiplicand_i(multiplicand_i[FIRST*MultiplicandBits+:LENGTH*MultiplicandBits]),
            .digit_i(digit),
            .sum_o(sums[AT+:BITS]),
            .carry_o(carries[d*Lanes+FIRST+:LENGTH])
        );
      end else begin : g_last
        booth_chain #(
            .Lanes(LENGTH),
            .MultiplicandBits(MultiplicandBits),
            .RowBits(BITS)
        ) u_accumulate (
            .multiplicand_i(multiplicand_i[FIRST*MultiplicandBits+:LENGTH*MultiplicandBits]),
            .digit_i(digit),
            .sum_o(sums[AT+:BITS]),
            .carry_o(carries[d*Lanes+FIRST+:LENGTH])
        );
      end
      if (BITS < ROW_BITS) begin : g_short
        assign sums[AT+BITS] = 1'b0;
      end
    end
  end

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

  if (Lanes < 1 || Lanes > 64) $error("booth_dot: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("booth_dot: ChainLength is not 1..64");
  if (SumBits < RecodedBits + MultiplicandBits) $error("booth_dot: SumBits is less than the product's");
endmodule : booth_dot
