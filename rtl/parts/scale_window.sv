// scale_window: where a block's window lies: the shift that puts its leading one on top, kept in the range of the scale.
//
//   q = lsb_i + Offset - zeros_i is the window's place above the lowest one a scale of FieldMost + 1 binades has
//   0 <= q <= FieldMost   shift_o = zeros_i, field_o = q
//   q < 0                 field_o = 0, shift_o that of q = 0; where that is negative 0, and below_o the rest, at most BelowMost
//   q > FieldMost         field_o = FieldMost, shift_o that of q = FieldMost, at most all; over_o = 1
//   Offset 17, FieldMost 14: lsb -10, zeros 3 -> shift 3, field 4;  lsb -20, zeros 3 -> shift 0, below 3, field 0
//   lsb 5, zeros 3 -> shift 8, field 14, over 1
// Latency: 0 (combinational).  Range: the sum fits SumBits; FieldMost 1..15.  LUTs expected: 40.
(* keep_hierarchy *)
module scale_window #(
    parameter int ZeroBits = 4,
    parameter int ShiftMost = 15,
    parameter int LsbBits = 7,
    parameter int Offset = 17,
    parameter int FieldMost = 14,
    parameter int BelowMost = 7,
    localparam int SumBits = 9,
    localparam int FieldBits = 4,
    localparam int BelowBits = $clog2(BelowMost + 1)
) (
    input  logic [ ZeroBits-1:0] zeros_i,
    input  logic [  LsbBits-1:0] lsb_i,
    output logic [ ZeroBits-1:0] shift_o,
    output logic [BelowBits-1:0] below_o,
    output logic [FieldBits-1:0] field_o,
    output logic                 over_o
);
  localparam logic [SumBits-1:0] OFFSET = Offset[SumBits-1:0];
  localparam logic [SumBits-1:0] FIELD_MOST = FieldMost[SumBits-1:0];
  localparam logic [SumBits-1:0] SHIFT_MOST = ShiftMost[SumBits-1:0];
  localparam logic [SumBits-1:0] BELOW_MOST = BelowMost[SumBits-1:0];
  logic [SumBits-1:0] lowest;
  logic [SumBits-1:0] highest;
  logic [SumBits-1:0] place;
  logic [SumBits-1:0] shift;
  logic [SumBits-1:0] depth;
  logic is_low;
  logic unused;
  // The shifts that q = 0 and q = FieldMost ask for.
  assign lowest = SumBits'($signed(lsb_i)) + OFFSET;
  assign highest = lowest - FIELD_MOST;
  assign place = lowest - SumBits'(zeros_i);
  assign is_low = place[SumBits-1];
  assign over_o = ~is_low & (place > FIELD_MOST);
  always_comb begin
    shift = SumBits'(zeros_i);
    if (over_o) shift = highest > SHIFT_MOST ? SHIFT_MOST : highest;
    if (is_low) shift = lowest[SumBits-1] ? '0 : lowest;
  end
  assign depth = -lowest;
  assign below_o = ~lowest[SumBits-1] ? '0 : depth > BELOW_MOST ? BELOW_MOST[BelowBits-1:0] : depth[BelowBits-1:0];
  assign field_o = is_low ? '0 : over_o ? FIELD_MOST[FieldBits-1:0] : place[FieldBits-1:0];
  assign shift_o = shift[ZeroBits-1:0];
  assign unused = ^shift;
endmodule : scale_window
