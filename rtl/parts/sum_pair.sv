// sum_pair: sum_o = x_i + y_i, unsigned, modulo 2^SumBits.
//
// Latency: 0 (combinational).  Range: SumBits >= XBits, YBits.  LUTs expected: max(XBits, YBits).
(* keep_hierarchy *)
module sum_pair #(
    parameter int XBits = 8,
    parameter int YBits = 8,
    parameter int SumBits = 9
) (
    input  logic [  XBits-1:0] x_i,
    input  logic [  YBits-1:0] y_i,
    output logic [SumBits-1:0] sum_o
);
  assign sum_o = SumBits'(x_i) + SumBits'(y_i);
endmodule : sum_pair
