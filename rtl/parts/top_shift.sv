// top_shift: the top OutBits of data_i << shift_i, and sticky_o = 1 if a 1 is left below them.
//
//   Bits 5, OutBits 3: 5'b00110, shift 2 -> 3'b110, sticky 0;  shift 1 -> 3'b011, sticky 0;  shift 0 -> 3'b001, sticky 1
//
// The largest steps first, two bits of the shift at a time; each stage keeps what can still reach the top.
// Latency: 0 (combinational).  Range: Bits >= 2, OutBits >= 1; no 1 is shifted out of the top.
// LUTs expected: about Bits + 2 * OutBits.
(* keep_hierarchy *)
module top_shift #(
    parameter int Bits = 16,
    parameter int OutBits = 5,
    localparam int ShiftBits = $clog2(Bits)
) (
    input  logic [     Bits-1:0] data_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [  OutBits-1:0] top_o,
    output logic                 sticky_o
);
  localparam int Stages = (ShiftBits + 1) / 2;
  logic [2*Stages-1:0] shift;
  logic [Stages-1:0] lost;
  assign shift = (2 * Stages)'(shift_i);

  // Bits that can reach the top after `stage` stages: the shifts to come are below 4^(Stages - stage).
  function automatic int kept(input int stage);
    kept = OutBits + (1 << (2 * (Stages - stage))) - 1;
    if (kept > Bits || stage == 0) kept = Bits;
  endfunction

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Place = 2 * (Stages - 1 - s);
    localparam int Step = 1 << Place;
    logic [kept(s)-1:0] in;
    logic [kept(s)-1:0] moved;
    logic [kept(s+1)-1:0] out;
    if (s == 0) begin : gen_first
      assign in = data_i;
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    assign moved = shift[Place+1] ? (shift[Place] ? in << (3 * Step) : in << (2 * Step)) : (shift[Place] ? in << Step : in);
    assign out = moved[kept(s)-1-:kept(s+1)];
    if (kept(s + 1) < kept(s)) begin : gen_lost
      assign lost[s] = |moved[kept(s)-kept(s+1)-1:0];
    end else begin : gen_whole
      assign lost[s] = 1'b0;
    end
  end
  localparam int LastBits = kept(Stages);
  if (LastBits < OutBits) begin : gen_pad
    assign top_o = {gen_stage[Stages-1].out, (OutBits - LastBits)'(0)};
  end else begin : gen_full
    assign top_o = gen_stage[Stages-1].out;
  end
  assign sticky_o = |lost;
endmodule : top_shift
