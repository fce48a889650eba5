// shifted_limit: limit_o = Limit >> shift_i, a constant moved down.
//
//   Bits 4, Limit 13: shift 1 -> 6
// Latency: 0 (combinational).  Range: Bits 2..64.  LUTs expected: one a bit up to 64 shifts.
(* keep_hierarchy *)
module shifted_limit #(
    parameter int Bits = 16,
    parameter logic [63:0] Limit = 0,
    localparam int ShiftBits = $clog2(Bits)
) (
    input  logic [ShiftBits-1:0] shift_i,
    output logic [     Bits-1:0] limit_o
);
  localparam logic [Bits-1:0] LIMIT = Limit[Bits-1:0];
  assign limit_o = LIMIT >> shift_i;
endmodule : shifted_limit
