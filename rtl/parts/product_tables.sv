// product_tables: what the row of a four by four bit product starts from, each bit a table.
//
//   low_o = x_i * y_i[1:0] without its bit 5;  high_o = bit 3 of x_i * y_i[3:2]
//   x_i 15, y_i 4'b1111: 45 -> low_o 5'd13, high_o 1 (45 = 6'b101101)
//
// XTopInverted, YTopInverted: as in significand_product. A module of its own, because mapped together with the row low's
// bits would be merged into it and cost one LUT more.
// Latency: 0 (combinational).  Golden: the product of ng_sum_of_products.  LUTs expected: 6.
(* keep_hierarchy *)
module product_tables #(
    parameter int XTopInverted = 0,
    parameter int YTopInverted = 0
) (
    input  logic [3:0] x_i,
    input  logic [3:0] y_i,
    output logic [4:0] low_o,
    output logic       high_o
);
  // Entry {y, x} at 8 bits apart: an index times anything but a power of two would be a multiplier.
  function automatic logic [64*8-1:0] products();
    for (int entry = 0; entry < 64; entry++) products[entry*8+:8] = 8'((entry % 16) * (entry / 16));
  endfunction
  localparam logic [64*8-1:0] PRODUCTS = products();

  logic [3:0] x;
  logic [3:0] y;
  assign x = x_i ^ (XTopInverted != 0 ? 4'b1000 : 4'b0000);
  assign y = y_i ^ (YTopInverted != 0 ? 4'b1000 : 4'b0000);
  assign low_o  = PRODUCTS[{y[1:0], x, 3'd0}+:5];
  assign high_o = PRODUCTS[{y[3:2], x, 3'd3}];
endmodule : product_tables
