// count_add: sum = total + count, modulo 2^Bits: a stage's ones onto those of the stages before.
//
//   total 20, count 5, Bits 6 -> 25
// Latency: 0.  Range: Bits 1 and up.  Golden: ng_bits_dot.  LUTs: Bits.
(* keep_hierarchy *)
module count_add #(
    parameter int Bits = 6
) (
    input  logic [Bits-1:0] total_i,
    input  logic [Bits-1:0] count_i,
    output logic [Bits-1:0] sum_o
);
  assign sum_o = total_i + count_i;
  if (Bits < 1) $error("count_add: Bits is less than 1");
endmodule : count_add
