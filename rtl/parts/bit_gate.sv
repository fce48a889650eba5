// bit_gate: data_o = gate_i ? data_i : 0.
//
// Latency: 0 (combinational).  Range: Bits 1 and up.  LUTs expected: one a bit, two to a site.
(* keep_hierarchy *)
module bit_gate #(
    parameter int Bits = 4
) (
    input  logic            gate_i,
    input  logic [Bits-1:0] data_i,
    output logic [Bits-1:0] data_o
);
  assign data_o = data_i & {Bits{gate_i}};
endmodule : bit_gate
