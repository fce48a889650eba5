// infinity_hold: state_o = state_i is infinite ? state_i : sum_i.
//
// Latency: 0 (combinational).  LUTs expected: one a bit, and two to see it.
(* keep_hierarchy *)
module infinity_hold #(
    parameter int ExponentBits = 8,
    parameter int MantissaBits = 23,
    localparam int StateBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                 first_i,
    input  logic [StateBits-1:0] state_i,
    input  logic [StateBits-1:0] sum_i,
    output logic [StateBits-1:0] state_o
);
  logic infinite;
  assign infinite = (&state_i[MantissaBits+:ExponentBits]) & ~first_i;
  assign state_o = infinite ? state_i : sum_i;
endmodule : infinity_hold
