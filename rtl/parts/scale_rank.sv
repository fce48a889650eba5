// scale_rank: the scale code of a block from its largest magnitude, and the scale in units of the window's lsb.
//
//   largest_i = {top of the window, whole, above} as fold_shift and fold_rest give them: the magnitude m in units of which
//   Unit are the reach of one step of the scale's lower binade. rank = scales 1..19 that m takes: steps of one up to 16, of two
//   from there: reach(r) = Unit * (r <= 16 ? r : 2 * (r - 8)).
//   Rule 0  r is taken if m >= reach(r)      Rule 1  if m > reach(r - 1)
//   Rule 2  if m is more than the middle of both, or is it and r is even
//   code_o = 8 * field_i + rank, at most 126, which over_i asks for; none_o: no scale, code 0.
//   scale_o = the rank's steps, moved up by below_i, by which the window lies too high.
//   Rule 2: largest {64, 0, 0}, field 5, below 0 -> rank 11 (10.67), code 51, scale 11
//
// Latency: 0 (combinational).  Range: ScaleBits holds 32, with Rule 1 a 1 moved up by the most of below_i.
// LUTs expected: 80.
(* keep_hierarchy *)
module scale_rank #(
    parameter int Rule = 2,
    parameter int ScaleBits = 6,
    parameter int BelowBits = 3,
    localparam int TopBits = 7
) (
    input  logic [  TopBits+1:0] largest_i,
    input  logic                 any_i,
    input  logic [          3:0] field_i,
    input  logic [BelowBits-1:0] below_i,
    input  logic                 over_i,
    output logic [          7:0] code_o,
    output logic [ScaleBits-1:0] scale_o,
    output logic                 none_o
);
  localparam int FieldMost = 14;
  localparam int RankMost = 14;

  // Moved down to the window's own lsb.
  logic [TopBits-1:0] top;
  logic whole;
  logic above;
  fold_below #(
      .Bits(TopBits),
      .ShiftBits(BelowBits)
  ) u_below (
      .top_i(largest_i[TopBits+1:2]),
      .whole_i(largest_i[1]),
      .above_i(largest_i[0]),
      .shift_i(below_i),
      .top_o(top),
      .whole_o(whole),
      .above_o(above)
  );

  // Steps of one: top = 6 * quotient + 2 * third + low, rounded. Steps of two: the same of top - 96, with 12 and sixth.
  logic [5:0] half;
  logic [3:0] quotient;
  logic [1:0] third;
  logic [1:0] pair;
  logic [2:0] sixth;
  logic low;
  logic up;
  logic pair_up;
  logic [4:0] rank;
  logic [4:0] bounded;
  logic [4:0] steps;
  logic [3:0] field;
  assign {half, low} = top;
  always_comb begin
    quotient = '0;
    third = half[1:0];
    for (int q = 1; q < 16; q++) begin
      if (half >= 6'(3 * q)) begin
        quotient = 4'(q);
        third = 2'(half - 6'(3 * q));
      end
    end
    pair = '0;
    sixth = half[2:0];
    for (int q = 1; q < 3; q++) begin
      if (half[3:0] >= 4'(6 * q)) begin
        pair = 2'(q);
        sixth = 3'(half[3:0] - 4'(6 * q));
      end
    end
  end
  // A step is taken above nothing, from all of it, or above its middle or at that and odd. One more that is whole may fill it.
  if (Rule == 0) begin : gen_floor
    logic unused_above;
    assign unused_above = above;
    assign up = third == 2'd2 & low & whole;
    assign pair_up = sixth == 3'd5 & low & whole;
  end else if (Rule == 1) begin : gen_ceil
    logic unused_whole;
    assign unused_whole = whole;
    assign up = third != 2'd0 | low | above;
    assign pair_up = sixth != 3'd0 | low | above;
  end else begin : gen_round
    assign up = third == 2'd2 | (third == 2'd1 & (low ? above | quotient[0] : whole & quotient[0]));
    assign pair_up = sixth > 3'd3 | (sixth == 3'd3 & (low | above | pair[0])) | (sixth == 3'd2 & low & whole & pair[0]);
  end
  assign rank = half[5:4] == 2'b11 ? {3'b100, pair} + 5'(pair_up) : {1'b0, quotient} + 5'(up);
  assign bounded = field_i == 4'(FieldMost) && (over_i || rank > 5'(RankMost)) ? 5'(RankMost) : rank;
  assign steps = bounded[4] ? {2'b10, bounded[1:0], 1'b0} : bounded;
  assign none_o = ~any_i | (bounded == '0);
  assign scale_o = ScaleBits'(steps) << below_i;
  assign field = field_i + {2'b00, bounded[4:3]};
  assign code_o = none_o ? '0 : {1'b0, field, bounded[2:0]};
endmodule : scale_rank
