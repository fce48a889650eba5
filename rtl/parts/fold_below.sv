// fold_below: a window of a folded sum (fold_shift) moved down by shift_i: top_o, and what is left below it as whole_o, above_o.
//
//   Bits 3, shift 1: {3'b110, whole 0, above 0} -> {3'b011, 0, 0};  {3'b011, 0, 0} -> {3'b001, 0, 1}
//   {3'b011, 1, 1} (4) -> {3'b001, 1, 1} (2)
//
// Two bits of the shift at a time: as one function of everything it takes three times the LUTs.
// Latency: 0 (combinational).  Range: Bits >= 1, ShiftBits >= 1.  LUTs expected: 2 * Bits + 4.
(* keep_hierarchy *)
module fold_below #(
    parameter int Bits = 7,
    parameter int ShiftBits = 3
) (
    input  logic [     Bits-1:0] top_i,
    input  logic                 whole_i,
    input  logic                 above_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [     Bits-1:0] top_o,
    output logic                 whole_o,
    output logic                 above_o
);
  localparam int Stages = (ShiftBits + 1) / 2;
  logic [2*Stages-1:0] shift;
  assign shift = (2 * Stages)'(shift_i);
  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Step = 1 << (2 * s);
    logic [Bits+3*Step-1:0] in;
    logic [3*Step-1:0] gone;
    logic [Bits-1:0] top;
    logic whole_before;
    logic above_before;
    logic whole;
    logic above;
    if (s == 0) begin : gen_first
      assign in = (Bits + 3 * Step)'(top_i);
      assign whole_before = whole_i;
      assign above_before = above_i;
    end else begin : gen_next
      assign in = (Bits + 3 * Step)'(gen_stage[s-1].top);
      assign whole_before = gen_stage[s-1].whole;
      assign above_before = gen_stage[s-1].above;
    end
    assign top = Bits'(in >> (shift[2*s+:2] * Step));
    // A 1 for each bit that goes.
    assign gone = ~({(3 * Step) {1'b1}} << (shift[2*s+:2] * Step));
    assign whole = whole_before & (&(in[3*Step-1:0] | ~gone));
    assign above = above_before | (|(in[3*Step-1:0] & gone));
  end
  assign top_o = gen_stage[Stages-1].top;
  assign whole_o = gen_stage[Stages-1].whole;
  assign above_o = gen_stage[Stages-1].above;
endmodule : fold_below
