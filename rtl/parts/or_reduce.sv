// or_reduce: any = 1 if any bit is 1.
//
//   3'b010 -> 1;  3'b000 -> 0
// Range: Bits 1 and up.  Latency: 0.  LUTs: none for one bit, one up to six.
(* keep_hierarchy *)
module or_reduce #(
    parameter int Bits = 2
) (
    input  logic [Bits-1:0] bit_i,
    output logic            any_o
);
  assign any_o = |bit_i;
endmodule : or_reduce
