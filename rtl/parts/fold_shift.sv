// fold_shift: the top OutBits of a folded sum (sum_fold) moved up by shift_i, filled with its sign, and what is left.
//
//   over_o   a 1 went out of the top                 above_o  the magnitude is more than top_o says
//   whole_o  the magnitude is top_o + 1: all bits below are 1 and the sign, which is one more, is 1
//   Bits 5, OutBits 3: 5'b01010 (5), shift 1 -> 3'b101, above 0;  shift 0 -> 3'b010, above 1;  shift 2 -> 3'b010, over 1
//   5'b01001 (-5), shift 1 -> 3'b100, above 1, whole 1 (5)
//
// As top_shift: the largest steps first, two bits of the shift at a time; each stage keeps what can still reach the top.
// Latency: 0 (combinational).  Range: Bits >= 2, OutBits >= 1.  LUTs expected: about Bits + 2 * OutBits.
(* keep_hierarchy *)
module fold_shift #(
    parameter int Bits = 16,
    parameter int OutBits = 9,
    localparam int ShiftBits = $clog2(Bits)
) (
    input  logic [     Bits-1:0] folded_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [  OutBits-1:0] top_o,
    output logic                 over_o,
    output logic                 above_o,
    output logic                 whole_o
);
  localparam int Stages = (ShiftBits + 1) / 2;
  // A short sum is filled up to the window before it is moved.
  localparam int InBits = Bits > OutBits ? Bits : OutBits;
  logic sign;
  logic [InBits-1:0] data;
  logic [2*Stages-1:0] shift;
  logic [Stages-1:0] over;
  logic [Stages-1:0] lost;
  assign sign = folded_i[0];
  assign shift = (2 * Stages)'(shift_i);
  if (InBits > Bits) begin : gen_short
    assign data = {folded_i, {(InBits - Bits) {sign}}};
  end else begin : gen_long
    assign data = folded_i;
  end

  // Bits that can reach the top after `stage` stages: the shifts to come are below 4^(Stages - stage).
  function automatic int kept(input int stage);
    kept = OutBits + (1 << (2 * (Stages - stage))) - 1;
    if (kept > InBits || stage == 0) kept = InBits;
  endfunction

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Place = 2 * (Stages - 1 - s);
    localparam int Step = 1 << Place;
    localparam int WideBits = kept(s) + 3 * Step;
    logic [kept(s)-1:0] in;
    logic [WideBits-1:0] moved;
    logic [kept(s+1)-1:0] out;
    if (s == 0) begin : gen_first
      assign in = data;
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    assign moved = shift[Place+1]
        ? (shift[Place] ? {in, {(3 * Step) {sign}}} : {Step'(0), in, {(2 * Step) {sign}}})
        : (shift[Place] ? {(2 * Step)'(0), in, {Step{sign}}} : {(3 * Step)'(0), in});
    assign over[s] = |moved[WideBits-1:kept(s)];
    assign out = moved[kept(s)-1-:kept(s+1)];
    if (kept(s + 1) < kept(s)) begin : gen_lost
      assign lost[s] = |(moved[kept(s)-kept(s+1)-1:0] ^ {(kept(s) - kept(s + 1)) {sign}});
    end else begin : gen_none
      assign lost[s] = 1'b0;
    end
  end
  assign top_o = gen_stage[Stages-1].out;
  assign over_o = |over;
  assign above_o = sign | (|lost);
  assign whole_o = sign & ~(|lost);
endmodule : fold_shift
