// scale_add: scale = weight scale code + activation scale code; nan = 1 if either code is NaN.
//
//   127, 130 -> scale 257, nan 0;  HasNan 1: 255, 0 -> scale 255, nan 1
// Range: 8-bit codes; HasNan 1 makes code 8'hFF NaN (E8M0), HasNan 0 makes nan 0.  Latency: 0.
// Golden: ng_scale_sum, ng_operands_special.  LUTs: 8, and 3 or 4 with HasNan.
(* keep_hierarchy *)
module scale_add #(
    parameter int HasNan = 0
) (
    input  logic [7:0] w_i,
    input  logic [7:0] a_i,
    output logic [8:0] scale_o,
    output logic       nan_o
);
  assign scale_o = 9'(w_i) + 9'(a_i);
  assign nan_o = HasNan != 0 && (&w_i || &a_i);
endmodule : scale_add
