// flag_join: flag_o = (previous_i and not first_i) or weight_i or activation_i.
//
// Latency: 0 (combinational).  LUTs expected: 1.
(* keep_hierarchy *)
module flag_join (
    input  logic first_i,
    input  logic previous_i,
    input  logic weight_i,
    input  logic activation_i,
    output logic flag_o
);
  assign flag_o = (previous_i & ~first_i) | weight_i | activation_i;
endmodule : flag_join
