// signed_shift: data_o = data_i << shift_i, data_i two's complement and as such also the result.
//
// Latency: 0 (combinational).  Range: ShiftBits >= 1; OutBits = Bits + 2^ShiftBits - 1 loses nothing.
// LUTs expected: about OutBits for every two bits of the shift.
(* keep_hierarchy *)
module signed_shift #(
    parameter int Bits = 14,
    parameter int ShiftBits = 4,
    localparam int OutBits = Bits + (1 << ShiftBits) - 1
) (
    input  logic [     Bits-1:0] data_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [  OutBits-1:0] data_o
);
  localparam int Stages = (ShiftBits + 1) / 2;
  logic [2*Stages-1:0] shift;
  assign shift = (2 * Stages)'(shift_i);

  // Bits after `stage` stages.
  function automatic int held(input int stage);
    held = Bits + (1 << (2 * stage)) - 1;
    if (held > OutBits) held = OutBits;
  endfunction

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Step = 1 << (2 * s);
    logic [held(s)-1:0] in;
    logic [held(s+1)-1:0] wide;
    logic [held(s+1)-1:0] out;
    if (s == 0) begin : gen_first
      assign in = data_i;
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    assign wide = {{(held(s + 1) - held(s)) {in[held(s)-1]}}, in};
    assign out = shift[2*s+1] ? (shift[2*s] ? wide << (3 * Step) : wide << (2 * Step)) : (shift[2*s] ? wide << Step : wide);
  end
  assign data_o = gen_stage[Stages-1].out;
endmodule : signed_shift
