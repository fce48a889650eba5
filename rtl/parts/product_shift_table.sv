// product_shift_table: shifted_o = (x_i * y_i) << shift_i for two-bit factors: the multiplier disappears in the tables
// of its first shift stage. In a ring of 4 bits what leaves it at the top comes back at the bottom.
//
// XTopInverted, YTopInverted: as in significand_product.
//
// Latency: 0 (combinational).  Range: shift_i 0..3; Ring 4, or 7 and up.
// LUTs expected: 7, or 4 in a ring of 4; one a bit (six inputs each).
(* keep_hierarchy *)
module product_shift_table #(
    parameter int Ring = 8,
    parameter int XTopInverted = 0,
    parameter int YTopInverted = 0,
    localparam int OutBits = Ring < 7 ? Ring : 7
) (
    input  logic [1:0] x_i,
    input  logic [1:0] y_i,
    input  logic [1:0] shift_i,
    output logic [OutBits-1:0] shifted_o
);
  logic [1:0] x;
  logic [1:0] y;
  logic [3:0] product;
  logic [6:0] wide;
  logic [6:0] shifted;
  assign x = x_i ^ (XTopInverted != 0 ? 2'b10 : 2'b00);
  assign y = y_i ^ (YTopInverted != 0 ? 2'b10 : 2'b00);
  assign product = {&x & (&y),
                    x[1] & y[1] & ~(x[0] & y[0]),
                    (x[1] & y[0]) ^ (x[0] & y[1]),
                    x[0] & y[0]};
  assign wide = {3'b000, product};
  assign shifted = shift_i[1] ? (shift_i[0] ? wide << 3 : wide << 2) : (shift_i[0] ? wide << 1 : wide);
  assign shifted_o = OutBits == 7 ? shifted[OutBits-1:0] : shifted[OutBits-1:0] | OutBits'(shifted[6:4]);
  if (Ring != 4 && Ring < 7) $error("product_shift_table: Ring must be 4, or 7 and up");
endmodule : product_shift_table
