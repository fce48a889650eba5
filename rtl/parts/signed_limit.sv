// signed_limit: limit_o = negative_i ? below_i : above_i: rounding that knows the sign has two limits.
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module signed_limit #(
    parameter int Bits = 9
) (
    input  logic            negative_i,
    input  logic [Bits-1:0] above_i,
    input  logic [Bits-1:0] below_i,
    output logic [Bits-1:0] limit_o
);
  assign limit_o = negative_i ? below_i : above_i;
endmodule : signed_limit
