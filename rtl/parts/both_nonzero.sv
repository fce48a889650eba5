// both_nonzero: both_o = 1 if neither word is 0: a product that takes part in an alignment.
//
// Latency: 0 (combinational).  Range: XBits, YBits >= 1.  LUTs expected: 1 up to six bits in all, 2 up to eleven.
(* keep_hierarchy *)
module both_nonzero #(
    parameter int XBits = 4,
    parameter int YBits = 4
) (
    input  logic [XBits-1:0] x_i,
    input  logic [YBits-1:0] y_i,
    output logic             both_o
);
  assign both_o = (|x_i) & (|y_i);
endmodule : both_nonzero
