// sum_fold: folded_o = {sum_i without its sign, turned where it is negative, and the sign}: |sum_i| without an adder.
//
//   |sum_i| = folded_o >> 1, and one more where its bit 0 is 1; the leading one of folded_o is that of 2 |sum_i| but for
//   negative powers of two, where it is one place lower and all bits below it are 1.
//   Bits 4: 4'b0101 (5) -> 4'b1010;  4'b1011 (-5) -> 4'b1001;  4'b1111 (-1) -> 4'b0001;  0 -> 0
// Latency: 0 (combinational).  Range: Bits >= 2.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module sum_fold #(
    parameter int Bits = 16
) (
    input  logic [Bits-1:0] sum_i,
    output logic [Bits-1:0] folded_o
);
  assign folded_o = {sum_i[Bits-2:0] ^ {(Bits - 1) {sum_i[Bits-1]}}, sum_i[Bits-1]};
endmodule : sum_fold
