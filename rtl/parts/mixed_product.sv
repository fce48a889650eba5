// mixed_product: product_o = x_i * y_i, unsigned; a factor of one bit gates the other.
//
//   x 4'd9, y 3'd5 -> 45;  x 1'd1, y 4'd11 -> 11
//
// Latency: 0 (combinational).  Range: XBits, YBits 1..8; Constant 1: the factor of one bit is always 1.
// LUTs expected: those of significand_multiplier, or one a bit of the longer factor, or none.
module mixed_product #(
    parameter int XBits = 4,
    parameter int YBits = 4,
    parameter int Constant = 0,
    parameter int ProductBits = 8
) (
    input  logic [      XBits-1:0] x_i,
    input  logic [      YBits-1:0] y_i,
    output logic [ProductBits-1:0] product_o
);
  if (XBits == 1 && YBits == 1) begin : gen_one
    bit_gate #(
        .Bits(1)
    ) u_multiply_gate (
        .gate_i(x_i),
        .data_i(y_i),
        .data_o(product_o)
    );
  end else if (Constant != 0) begin : gen_constant
    logic unused_one;
    if (XBits == 1) begin : gen_x
      assign product_o = y_i;
      assign unused_one = x_i;
    end else begin : gen_y
      assign product_o = x_i;
      assign unused_one = y_i;
    end
  end else if (XBits == 1) begin : gen_x
    bit_gate #(
        .Bits(YBits)
    ) u_multiply_gate (
        .gate_i(x_i),
        .data_i(y_i),
        .data_o(product_o)
    );
  end else if (YBits == 1) begin : gen_y
    bit_gate #(
        .Bits(XBits)
    ) u_multiply_gate (
        .gate_i(y_i),
        .data_i(x_i),
        .data_o(product_o)
    );
  end else begin : gen_multiplier
    logic [XBits+YBits-1:0] product;
    logic unused_top;
    significand_multiplier #(
        .XBits(XBits),
        .YBits(YBits)
    ) u_multiply_product (
        .x_i(x_i),
        .y_i(y_i),
        .product_o(product)
    );
    assign product_o = product[ProductBits-1:0];
    assign unused_top = product[XBits+YBits-1];
  end
endmodule : mixed_product
