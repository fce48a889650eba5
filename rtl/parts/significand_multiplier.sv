// significand_multiplier: product_o = x_i * y_i, unsigned; hands the shorter operand to the digits of
// significand_product.
//
// XTopInverted, YTopInverted: as there.
// Latency: 0 (combinational).  Range: XBits, YBits 1..8.  LUTs expected: those of significand_product.
module significand_multiplier #(
    parameter int XBits = 4,
    parameter int YBits = 4,
    parameter int XTopInverted = 0,
    parameter int YTopInverted = 0
) (
    input  logic [      XBits-1:0] x_i,
    input  logic [      YBits-1:0] y_i,
    output logic [XBits+YBits-1:0] product_o
);
  if (XBits >= YBits) begin : gen_straight
    significand_product #(
        .XBits(XBits),
        .YBits(YBits),
        .XTopInverted(XTopInverted),
        .YTopInverted(YTopInverted)
    ) u_multiply_core (
        .x_i(x_i),
        .y_i(y_i),
        .product_o(product_o)
    );
  end else begin : gen_swapped
    significand_product #(
        .XBits(YBits),
        .YBits(XBits),
        .XTopInverted(YTopInverted),
        .YTopInverted(XTopInverted)
    ) u_multiply_core (
        .x_i(y_i),
        .y_i(x_i),
        .product_o(product_o)
    );
  end
endmodule : significand_multiplier
