// product_shift_table: shifted_o = (x_i * y_i) << shift_i for two-bit factors: the multiplier disappears in the tables
// of its first shift stage.
//
// Latency: 0 (combinational).  Range: shift_i 0..3.  LUTs expected: 7, one a bit (six inputs each).
(* keep_hierarchy *)
module product_shift_table (
    input  logic [1:0] x_i,
    input  logic [1:0] y_i,
    input  logic [1:0] shift_i,
    output logic [6:0] shifted_o
);
  logic [3:0] product;
  logic [6:0] wide;
  assign product = {&x_i & (&y_i),
                    x_i[1] & y_i[1] & ~(x_i[0] & y_i[0]),
                    (x_i[1] & y_i[0]) ^ (x_i[0] & y_i[1]),
                    x_i[0] & y_i[0]};
  assign wide = {3'b000, product};
  assign shifted_o = shift_i[1] ? (shift_i[0] ? wide << 3 : wide << 2) : (shift_i[0] ? wide << 1 : wide);
endmodule : product_shift_table
