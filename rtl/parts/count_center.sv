// count_center: sum = count - Offset, modulo 2^SumBits.
//
//   count 20, Offset 32, SumBits 7 -> -12
// Latency: 0.  Range: any widths.  Golden: ng_bits_dot.  LUTs: SumBits.
(* keep_hierarchy *)
module count_center #(
    parameter int CountBits = 7,
    parameter int Offset = 32,
    parameter int SumBits = 7
) (
    input  logic [CountBits-1:0] count_i,
    output logic [SumBits-1:0]   sum_o
);
  assign sum_o = SumBits'(count_i) - SumBits'(Offset);
endmodule : count_center
