// nvfp4_quantiser: y = the block of Lanes sums: an unsigned e4m3 scale s = largest / 6, elements sum / s as signed e2m1.
//
//   Sum i at sums_i[i*SumBits +: SumBits], two's complement in units of 2^lsb_i; y = {scale code, elements}, element i at
//   y_o[4*i +: 4], 1 sign, 2 exponent, 1 mantissa: 0, 1/2, 1, 3/2, 2, 3, 4, 6. m the largest magnitude:
//   Rule 0  FLOOR  s = the largest scale <= m / 6        Rule 1  CEIL  the smallest >= m / 6
//   Rule 2  ROUND  the nearest, ties to the even code, the published recipe of NVFP4 (arXiv 2509.25149)
//   s at most 448, the largest code; below 2^-6 subnormal; s = 0: all elements 0 with their signs
//   element = sum / s to nearest, ties to even, or as Rounding says (rtl/parts/round_up.sv), saturating.
//
// Worked rows, Lanes 2, SumBits 8, Rule 2, lsb 0:
//   sums {-14, 7} -> scale code 0x41 (2.25, of 2.33), elements {4'hF (-6, of -6.2), 4'h5 (3, of 3.1)}
//   sums {1, 0} -> 0x23 (11/64), elements {4'h7 (6, of 5.8), 0};  sums {0, 0} -> all 0
//
// Nothing is divided. All lanes are moved up so that the leading one of them all stands on top of a window of 9 bits. There
// s is a number S of 5 bits, the rank of m among constants (scale_rank), and element code k is reached where the window is
// more than a small multiple of S / 4, {1, 3, 5, 7, 10, 14, 20} to nearest. 1, 3, 5 and 7 times S serve all lanes, the others
// are these beside windows one or two bits shorter. A lane compares with the limits of the even codes; these leave one of
// the odd ones, and so it has four comparators instead of seven. Negative sums are turned, not negated: the one that is
// missing comes in at the comparators' carries, where ties are decided, too. Outside the range of the scale the window
// stands still: below, S is smaller; above, what leaves the top saturates.
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: Lanes 1..64; SumBits 2..64; lsb_i -64..63; Rule 0..2; Rounding 0..6.
// Costs: u_align* folded sums, their leading one, the common shift, the largest, the scale; u_convert* limits, comparisons.
// Measured on xc7, 16 sums of 16 bits, ROUND, honest sites: 1448; seven comparators a lane 1514; besides, the largest a bit at
// a time (exponent_max) and the leading one without or_tree 1637.
// Golden: ng_nvfp4_quantiser (model/nvfp4_quantiser.c), the bits of ng_block_quantise().
module nvfp4_quantiser #(
    parameter int Lanes = 16,
    parameter int SumBits = 16,
    parameter int Rule = 0,
    parameter int Rounding = 0,
    localparam int CodeBits = 4,
    localparam int LsbBits = 7
) (
    input  logic [   Lanes*SumBits-1:0] sums_i,
    input  logic [         LsbBits-1:0] lsb_i,
    output logic [Lanes*CodeBits+8-1:0] y_o
);
  if (Lanes < 1 || Lanes > 64) $error("nvfp4_quantiser: Lanes must be 1..64");
  if (SumBits < 2 || SumBits > 64) $error("nvfp4_quantiser: SumBits must be 2..64");
  if (Rule < 0 || Rule > 2) $error("nvfp4_quantiser: Rule must be 0..2");
  if (Rounding < 0 || Rounding > 6) $error("nvfp4_quantiser: Rounding must be 0..6");

  // Nine bits hold m < 2^9 and S = m / 24 in steps of which a quarter is the window's lsb.
  localparam int Window = 9;
  localparam int Codes = 7;
  localparam int ZeroBits = $clog2(SumBits);
  // S, moved up where the window lies too high: six places are too many for a scale, but under CEIL any m above 0 takes one.
  localparam int BelowMost = Rule == 1 ? 10 : 7;
  localparam int BelowBits = $clog2(BelowMost + 1);
  localparam int ScaleMost = Rule == 1 ? 1 << BelowMost : 32;
  localparam int ScaleBits = $clog2(ScaleMost + 1);
  // Ties up, up, down: the limits of positive and of negative sums differ.
  localparam int Directed = Rounding == 2 || Rounding == 4 || Rounding == 5 ? 1 : 0;
  localparam int DropMost = 2;

  // Of codes 1 to 7, eight bits each: the multiple of S / 4 where the code begins, of positive and of negative sums; and whether
  // beyond it or at it. To odd: an odd code begins beyond the even one before it.
  localparam logic [55:0] MIDDLES = {8'd20, 8'd14, 8'd10, 8'd7, 8'd5, 8'd3, 8'd1};
  localparam logic [55:0] OWN = {8'd24, 8'd16, 8'd12, 8'd8, 8'd6, 8'd4, 8'd2};
  localparam logic [55:0] BEFORE = {OWN[47:0], 8'd0};
  localparam logic [55:0] EVENS = {8'd16, 8'd16, 8'd8, 8'd8, 8'd4, 8'd4, 8'd0};
  localparam logic [55:0] POSITIVES =
      Rounding < 3 ? MIDDLES : Rounding == 6 ? EVENS : Rounding == 4 ? BEFORE : OWN;
  localparam logic [55:0] NEGATIVES =
      Rounding < 3 ? MIDDLES : Rounding == 6 ? EVENS : Rounding == 5 ? BEFORE : OWN;
  localparam logic [6:0] BEYOND = Rounding == 0 || Rounding == 6 ? 7'b1010101 : Rounding == 4 ? 7'b1111111 : 7'b0000000;
  localparam logic [6:0] BEYOND_NEGATIVE = Directed == 0 ? BEYOND : Rounding == 4 ? 7'b0000000 : 7'b1111111;

  // Bits at the end of the window that a multiple of 2 or 4 has no use for, the factor that is left, the bits of factor * S, and
  // those of them that the window has. Tables, for yosys evaluates a function wherever it is called.
  function automatic logic [55:0] drops(input logic [55:0] multiples);
    for (int k = 0; k < Codes; k++) begin
      drops[8*k+:8] = Directed != 0 || multiples[8*k+:8] == 0 || multiples[8*k] ? 8'd0 : multiples[8*k+1] ? 8'd1 : 8'd2;
    end
  endfunction
  localparam logic [55:0] DROPS = drops(POSITIVES);
  function automatic logic [55:0] factors(input logic [55:0] multiples);
    for (int k = 0; k < Codes; k++) factors[8*k+:8] = multiples[8*k+:8] >> DROPS[8*k+:8];
  endfunction
  localparam logic [55:0] FACTORS = factors(POSITIVES);
  localparam logic [55:0] NEGATIVE_FACTORS = factors(NEGATIVES);
  function automatic logic [55:0] full_bits(input logic [55:0] of);
    int most;
    for (int k = 0; k < Codes; k++) begin
      most = (Directed != 0 ? 24 : 32'(of[8*k+:8])) * ScaleMost;
      full_bits[8*k+:8] = 8'd1;
      for (int b = 1; b < 16; b++) if (most >= 1 << b) full_bits[8*k+:8] = 8'(b + 1);
    end
  endfunction
  localparam logic [55:0] FULL = full_bits(FACTORS);
  function automatic logic [55:0] kept_bits(input logic [55:0] full);
    for (int k = 0; k < Codes; k++) begin
      kept_bits[8*k+:8] = full[8*k+:8] + DROPS[8*k+:8] < 8'(Window) ? full[8*k+:8] : 8'(Window) - DROPS[8*k+:8];
    end
  endfunction
  localparam logic [55:0] KEPT = kept_bits(FULL);
  localparam int Kept1 = 32'(KEPT[0+:8]);
  localparam int Kept3 = 32'(KEPT[16+:8]);
  localparam int Kept5 = 32'(KEPT[32+:8]);
  localparam int Kept7 = 32'(KEPT[48+:8]);
  // The first code with the same factor, which is as much beyond it.
  function automatic logic [55:0] same_codes(input logic [55:0] of);
    for (int k = 0; k < Codes; k++) begin
      same_codes[8*k+:8] = 8'(k);
      for (int j = k - 1; j >= 0; j--) begin
        if (Directed == 0 && of[8*j+:8] == of[8*k+:8] && BEYOND[j] == BEYOND[k]) same_codes[8*k+:8] = 8'(j);
      end
    end
  endfunction
  localparam logic [55:0] SAME = same_codes(FACTORS);

  logic [Lanes*SumBits-1:0] folded;
  logic [ZeroBits-1:0] zeros;
  logic [ZeroBits-1:0] shift;
  logic [3:0] field;
  logic [BelowBits-1:0] below;
  logic any;
  logic over_scale;
  logic [Window*Lanes-1:0] tops;
  logic [Window-1:0] largest;
  logic [ScaleBits-1:0] scale;
  logic none;

  leading_zeros #(
      .Numbers(Lanes),
      .Bits(SumBits),
      .Tree(1)
  ) u_align_leading (
      .number_i(folded),
      .zeros_o(zeros),
      .any_o(any)
  );
  // A scale of 2^-9, S = 1, has the top of the window at 2^-3.
  scale_window #(
      .ZeroBits(ZeroBits),
      .ShiftMost(SumBits - 1),
      .LsbBits(LsbBits),
      .Offset(SumBits + 1),
      .BelowMost(BelowMost)
  ) u_align_window (
      .zeros_i(zeros),
      .lsb_i(lsb_i),
      .shift_o(shift),
      .below_o(below),
      .field_o(field),
      .over_o(over_scale)
  );
  largest_of #(
      .Numbers(Lanes),
      .Bits(Window)
  ) u_align_largest (
      .number_i(tops),
      .largest_o(largest)
  );
  scale_rank #(
      .Rule(Rule),
      .ScaleBits(ScaleBits),
      .BelowBits(BelowBits)
  ) u_align_scale (
      .largest_i(largest),
      .any_i(any),
      .field_i(field),
      .below_i(below),
      .over_i(over_scale),
      .code_o(y_o[Lanes*CodeBits+:8]),
      .scale_o(scale),
      .none_o(none)
  );

  for (genvar k = 0; k < Codes; k++) begin : gen_limit
    localparam int Bits = 32'(FULL[8*k+:8]);
    localparam int Kept = 32'(KEPT[8*k+:8]);
    localparam int Same = 32'(SAME[8*k+:8]);
    if (Directed != 0 && Bits <= Kept) $error("nvfp4_quantiser: limits of directed roundings have more bits than the window");
    logic [Bits-1:0] limit;
    logic never;
    if (Same == k) begin : gen_own
      scaled_limit #(
          .Factor(32'(FACTORS[8*k+:8])),
          .Less(BEYOND[k] ? 0 : 1),
          .ScaleBits(ScaleBits),
          .LimitBits(Bits)
      ) u_convert_limit (
          .scale_i(scale),
          .limit_o(limit)
      );
    end else begin : gen_same
      assign limit = gen_limit[Same].limit;
    end
    if (Bits > Kept) begin : gen_large
      or_reduce #(
          .Bits(Bits - Kept + 1)
      ) u_convert_never (
          .bit_i({none, limit[Bits-1:Kept]}),
          .any_o(never)
      );
    end else begin : gen_small
      assign never = none;
    end
    if (Directed != 0) begin : gen_negative
      logic [Kept:0] limit_and_never;
      logic [Bits-1:0] negative_limit;
      scaled_limit #(
          .Factor(32'(NEGATIVE_FACTORS[8*k+:8])),
          .Less(BEYOND_NEGATIVE[k] ? 0 : 1),
          .ScaleBits(ScaleBits),
          .LimitBits(Bits)
      ) u_convert_limit (
          .scale_i(scale),
          .limit_o(negative_limit)
      );
      assign limit_and_never[Kept-1:0] = negative_limit[Kept-1:0];
      or_reduce #(
          .Bits(Bits - Kept + 1)
      ) u_convert_never (
          .bit_i({none, negative_limit[Bits-1:Kept]}),
          .any_o(limit_and_never[Kept])
      );
    end
  end

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    logic [Window-1:0] top;
    logic [DropMost:0] more;
    logic [DropMost:0] whole;
    logic [2:0] even;
    logic odd;
    logic [Window-1:0] picked;
    logic picked_never;
    logic carry;
    logic is_more;
    logic is_whole;
    logic over;
    logic negative;
    assign negative = sums_i[i*SumBits+SumBits-1];
    sum_fold #(
        .Bits(SumBits)
    ) u_align_fold (
        .sum_i(sums_i[i*SumBits+:SumBits]),
        .folded_o(folded[i*SumBits+:SumBits])
    );
    fold_shift #(
        .Bits(SumBits),
        .OutBits(Window)
    ) u_align (
        .folded_i(folded[i*SumBits+:SumBits]),
        .shift_i(shift),
        .top_o(top),
        .over_o(over),
        .above_o(is_more),
        .whole_o(is_whole)
    );
    fold_rest #(
        .Most(DropMost)
    ) u_convert_rest (
        .low_i(top[DropMost-1:0]),
        .above_i(is_more),
        .whole_i(is_whole),
        .above_o(more),
        .whole_o(whole)
    );
    assign tops[i*Window+:Window] = {top[Window-1:DropMost], whole[DropMost], more[DropMost]};
    for (genvar k = 0; k < Codes; k++) begin : gen_code
      localparam int Drop = 32'(DROPS[8*k+:8]);
      localparam int Kept = 32'(KEPT[8*k+:8]);
      // {carry of the comparison, never, limit}
      logic [Kept+1:0] positive;
      logic [Kept+1:0] limit;
      assign positive = {BEYOND[k] ? more[Drop] : whole[Drop], gen_limit[k].never, gen_limit[k].limit[Kept-1:0]};
      if (Directed != 0) begin : gen_directed
        signed_limit #(
            .Bits(Kept + 2)
        ) u_convert_sign (
            .negative_i(negative),
            .above_i(positive),
            .below_i({BEYOND_NEGATIVE[k] ? more[Drop] : whole[Drop], gen_limit[k].gen_negative.limit_and_never}),
            .limit_o(limit)
        );
      end else begin : gen_both
        assign limit = positive;
      end
      if (k % 2 != 0) begin : gen_even
        carry_exceeds #(
            .XBits(Window - Drop),
            .TBits(Kept)
        ) u_convert (
            .x_i(top[Window-1:Drop]),
            .carry_i(limit[Kept+1]),
            .t_i(limit[Kept-1:0]),
            .never_i(limit[Kept]),
            .y_o(even[k/2])
        );
      end
    end
    // The limits of odd codes are as strict as each other.
    assign carry = gen_code[0].limit[Kept1+1];
    limit_pick #(
        .Bits(Window),
        .Bits1(Kept1),
        .Bits3(Kept3),
        .Bits5(Kept5),
        .Bits7(Kept7),
        .Drop1(32'(DROPS[0+:8])),
        .Drop3(32'(DROPS[16+:8])),
        .Drop5(32'(DROPS[32+:8])),
        .Drop7(32'(DROPS[48+:8])),
        .Fill(Directed == 0 && !BEYOND[0] ? 1 : 0)
    ) u_convert_pick (
        .even_i(even),
        .limit1_i(gen_code[0].limit[Kept1-1:0]),
        .limit3_i(gen_code[2].limit[Kept3-1:0]),
        .limit5_i(gen_code[4].limit[Kept5-1:0]),
        .limit7_i(gen_code[6].limit[Kept7-1:0]),
        .never_i({
          gen_code[6].limit[Kept7],
          gen_code[4].limit[Kept5],
          gen_code[2].limit[Kept3],
          gen_code[0].limit[Kept1]
        }),
        .limit_o(picked),
        .never_o(picked_never)
    );
    carry_exceeds #(
        .XBits(Window),
        .TBits(Window)
    ) u_convert_odd (
        .x_i(top),
        .carry_i(carry),
        .t_i(picked),
        .never_i(picked_never),
        .y_o(odd)
    );
    limit_code u_convert_code (
        .negative_i(negative),
        .over_i(over),
        .even_i(even),
        .odd_i(odd),
        .code_o(y_o[i*CodeBits+:CodeBits])
    );
  end
endmodule : nvfp4_quantiser
