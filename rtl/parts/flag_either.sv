// flag_either: flag = x | y.  Latency: 0.  LUTs: 1.
(* keep_hierarchy *)
module flag_either (
    input  logic x_i,
    input  logic y_i,
    output logic flag_o
);
  assign flag_o = x_i | y_i;
endmodule : flag_either
