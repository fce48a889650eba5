// sticky_flag: flag <= (first ? 0 : flag) | set.
//
//   first 1, set 1 -> 1;  then first 0, set 0 -> 1;  then first 1, set 0 -> 0
// Latency: 1 clock edge, initiation interval 1, no reset.  Golden: ng_result_pack.  LUTs: 1.
(* keep_hierarchy *)
module sticky_flag (
    input  logic clk_i,
    input  logic first_i,
    input  logic set_i,
    output logic flag_o
);
  logic flag_q;
  always_ff @(posedge clk_i) flag_q <= set_i || (flag_q && !first_i);
  assign flag_o = flag_q;
endmodule : sticky_flag
