// bits_sum: y = sum over lanes of the products of bits_mul: a count of ones.
// What bits_dot and bits_pipe are made of: with StageRows, places of a chain / StageRows make stages; the ones of a stage, of
// all chains, are counted and added to those of the stages before, and the sum is registered; operands wait for their stage.
//
// Two signs of one bit: twice the number of equal ones, less Lanes. With a sign of two bits: the number of products that are
// +1 and of those that are not -1, less Lanes.
//   WeightBits 1, ActivationBits 1, Lanes 4: w 4'b0011, a 4'b0001 -> 3 equal: 2
// Ports: as in bits_dot; clk_i.  Range: bits 1 or 2, Lanes 1..64. ChainLength is looked at with StageRows alone.
// Latency: 0, or with StageRows the places of a chain / StageRows, rounded up.  Golden: ng_bits_dot.
// LUTs: a lane 1 or 2, multiply, and 0.6 or 1.2, accumulate, and SumBits; a stage after the first the bits of the count.
module bits_sum #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 7
) (
    input  logic                            clk_i,
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  localparam int BINARY = WeightBits == 1 && ActivationBits == 1 ? 1 : 0;
  localparam int COUNT_BITS = $clog2((BINARY != 0 ? Lanes : 2 * Lanes) + 1);
  localparam int CHAIN = ChainLength < Lanes && StageRows != 0 ? ChainLength : Lanes;
  localparam int ROWS = StageRows != 0 ? StageRows : CHAIN;
  localparam int STAGES = (CHAIN + ROWS - 1) / ROWS;

  // Lanes of a stage below lane `last`.
  function automatic int stage_lanes(input int stage, input int last);
    stage_lanes = 0;
    for (int i = 0; i < last; i++) if ((i % CHAIN) / ROWS == stage) stage_lanes++;
  endfunction

  logic [STAGES*Lanes-1:0] plus, not_minus;
  logic [(STAGES+1)*COUNT_BITS-1:0] totals;
  assign totals[0+:COUNT_BITS] = '0;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    localparam int STAGE = (i % CHAIN) / ROWS;
    localparam int AT = STAGE * Lanes + stage_lanes(STAGE, i);
    logic [WeightBits-1:0] w;
    logic [ActivationBits-1:0] a;
    delay_line #(
        .Bits(WeightBits + ActivationBits),
        .Cycles(STAGE)
    ) u_wait (
        .clk_i(clk_i),
        .data_i({w_i[i*WeightBits+:WeightBits], a_i[i*ActivationBits+:ActivationBits]}),
        .data_o({w, a})
    );
    sign_pair #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w),
        .a_i(a),
        .plus_o(plus[AT]),
        .not_minus_o(not_minus[AT])
    );
  end

  for (genvar s = 0; s < STAGES; s++) begin : g_stage
    localparam int LANES = stage_lanes(s, Lanes);
    localparam int ONES = BINARY != 0 ? LANES : 2 * LANES;
    logic [ONES-1:0] ones;
    logic [COUNT_BITS-1:0] count, total;
    if (LANES < Lanes) begin : g_rest
      assign plus[s*Lanes+LANES+:Lanes-LANES] = '0;
      assign not_minus[s*Lanes+LANES+:Lanes-LANES] = '0;
    end
    if (BINARY != 0) begin : g_binary
      assign ones = plus[s*Lanes+:LANES];
    end else begin : g_ternary
      assign ones = {not_minus[s*Lanes+:LANES], plus[s*Lanes+:LANES]};
    end
    bit_count #(
        .Bits(ONES),
        .CountBits(COUNT_BITS)
    ) u_accumulate_count (
        .bit_i(ones),
        .inverted_i(1'b0),
        .count_o(count)
    );
    if (s == 0) begin : g_first
      assign total = count;
    end else begin : g_next
      count_add #(
          .Bits(COUNT_BITS)
      ) u_accumulate_total (
          .total_i(totals[s*COUNT_BITS+:COUNT_BITS]),
          .count_i(count),
          .sum_o(total)
      );
    end
    delay_line #(
        .Bits(COUNT_BITS),
        .Cycles(StageRows != 0 ? 1 : 0)
    ) u_total (
        .clk_i(clk_i),
        .data_i(total),
        .data_o(totals[(s+1)*COUNT_BITS+:COUNT_BITS])
    );
  end

  count_center #(
      .CountBits(COUNT_BITS + BINARY),
      .Offset(Lanes),
      .SumBits(SumBits)
  ) u_accumulate_center (
      .count_i((COUNT_BITS+BINARY)'({totals[STAGES*COUNT_BITS+:COUNT_BITS], 1'b0} >> (1 - BINARY))),
      .sum_o(y_o)
  );
  logic unused;
  assign unused = ^{plus, not_minus, totals};

  if (Lanes < 1 || Lanes > 64) $error("bits_sum: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("bits_sum: ChainLength is not 1..64");
endmodule : bits_sum
