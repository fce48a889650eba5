// nested_mask: w_o = the leading bits of w_i, zeros below: 2 for mode 0, 4 for mode 1, all 8 for modes 2 and 3.
//
//   w 8'h6B: mode 0 -> 8'h40, mode 1 -> 8'h60, mode 2 -> 8'h6B
// Latency: 0.  Golden: ng_nested_slice.  LUTs: 6, in 3 sites.
(* keep_hierarchy *)
module nested_mask (
    input  logic [7:0] w_i,
    input  logic [1:0] mode_i,
    output logic [7:0] w_o
);
  assign w_o = {w_i[7:6], w_i[5:4] & {2{|mode_i}}, w_i[3:0] & {4{mode_i[1]}}};
endmodule : nested_mask
