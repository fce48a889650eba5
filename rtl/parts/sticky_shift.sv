// sticky_shift: data_o = data_i moved down by shift_i places, both read from their top bits; sticky_o = 1 if a 1 is lost.
//
//   InBits 3, OutBits 5, ShiftBits 2: 3'b101, shift 3, far 0 -> 5'b00010, sticky 1;  far 1 -> 0, sticky 1
//
// Latency: 0 (combinational), a stage for every two bits of the shift.  Range: InBits <= OutBits, ShiftBits >= 1; far_i
// moves everything out.
// LUTs expected: about OutBits for every two bits of the shift.
(* keep_hierarchy *)
module sticky_shift #(
    parameter int InBits = 25,
    parameter int OutBits = 33,
    parameter int ShiftBits = 6
) (
    input  logic [   InBits-1:0] data_i,
    input  logic [ShiftBits-1:0] shift_i,
    input  logic                 far_i,
    output logic [  OutBits-1:0] data_o,
    output logic                 sticky_o
);
  if (OutBits < InBits) $error("sticky_shift: OutBits is less than InBits");

  // Bits after `stage` stages of two bits each.
  function automatic int held(input int stage);
    held = InBits;
    for (int s = 0; s < stage; s++) held = held + (3 << (2 * s));
    if (held > OutBits) held = OutBits;
  endfunction

  localparam int Stages = (ShiftBits + 1) / 2;
  logic [2*Stages-1:0] shift;
  logic [Stages-1:0] lost;
  assign shift = (2 * Stages)'(shift_i);
  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Step = 1 << (2 * s);
    localparam int WideBits = held(s) + 3 * Step;
    localparam int KeptBits = held(s + 1);
    logic [held(s)-1:0] in;
    logic [WideBits-1:0] moved;
    logic [KeptBits-1:0] out;
    if (s == 0) begin : gen_first
      assign in = data_i;
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    assign moved = shift[2*s+1] ? (shift[2*s] ? WideBits'(in) : WideBits'(in) << Step)
                                : (shift[2*s] ? WideBits'(in) << (2 * Step) : WideBits'(in) << (3 * Step));
    assign out = moved[WideBits-1-:KeptBits];
    if (KeptBits < WideBits) begin : gen_lost
      assign lost[s] = |moved[WideBits-KeptBits-1:0];
    end else begin : gen_whole
      assign lost[s] = 1'b0;
    end
  end
  localparam int LastBits = held(Stages);
  logic [OutBits-1:0] last;
  assign last = OutBits'(gen_stage[Stages-1].out) << (OutBits - LastBits);
  assign data_o = far_i ? '0 : last;
  assign sticky_o = far_i ? |data_i : |lost;
endmodule : sticky_shift
