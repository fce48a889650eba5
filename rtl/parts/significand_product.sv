// significand_product: product_o = x_i * y_i, unsigned.
//
//   x_i        y_i        product_o      (XBits = YBits = 4)
//   4'b1111    4'b1111    8'd225
//   4'b1000    4'b0011    8'd24
//
// XTopInverted, YTopInverted: the top bit of that operand comes inverted, as the flag of a subnormal.
// Latency: 0 (combinational).  Range: XBits, YBits 1..8; the caller puts the shorter operand on y_i.
// Structure and LUTs expected: XBits + YBits <= 6: one table a bit (3x3: 6). XBits, YBits <= 4: a table for x times the
// two low bits of y, then x times the high bits as a row into it (4x4: 12, 4x3: 10). Longer: radix-4 Booth rows of y
// (5x5: about 20, 7x7: about 34), row bit = f(x[i], x[i-1], y[2j+1], y[2j], y[2j-1]) into the sum.
(* keep_hierarchy *)
module significand_product #(
    parameter int XBits = 4,
    parameter int YBits = 4,
    parameter int XTopInverted = 0,
    parameter int YTopInverted = 0,
    localparam int ProductBits = XBits + YBits
) (
    input  logic [XBits-1:0]       x_i,
    input  logic [YBits-1:0]       y_i,
    output logic [ProductBits-1:0] product_o
);
  if (XBits < 1 || XBits > 8) $error("significand_product: XBits must be 1..8");
  if (YBits < 1 || YBits > 8) $error("significand_product: YBits must be 1..8");

  logic [XBits-1:0] x;
  logic [YBits-1:0] y;
  assign x = x_i ^ (XTopInverted != 0 ? XBits'(1) << (XBits - 1) : '0);
  assign y = y_i ^ (YTopInverted != 0 ? YBits'(1) << (YBits - 1) : '0);

  // Products of every x and every value of `count` bits of y, at most 6 bits in all: entry {y, x} of a constant table, so
  // that synthesis sees one LUT a bit and simulation one look-up. Entries stand 8 bits apart: an index times anything but
  // a power of two would be a multiplier.
  function automatic logic [64*8-1:0] products(input int count);
    products = '0;
    for (int entry = 0; entry < 64; entry++) begin
      if (entry < (1 << (XBits + count))) begin
        products[entry*8+:8] = 8'((entry & ((1 << XBits) - 1)) * (entry >> XBits));
      end
    end
  endfunction

  if (ProductBits <= 6) begin : gen_table
    localparam logic [64*8-1:0] PRODUCTS = products(YBits);
    assign product_o = PRODUCTS[{6'({y, x}), 3'b000}+:ProductBits];
  end else if (XBits == 4 && YBits == 4) begin : gen_four
    // Bit 3 of x * y[3:2] is a table of six bits and leaves no room in a row's LUT for the sum, so it takes the sum's place
    // on the carry chain. The bit it meets, 32 of x * y[1:0], is set from 3 * 11 on, where bit 4 is not.
    logic [4:0] low;
    logic top;
    logic [5:0] high;
    logic unused;
    localparam logic [64*8-1:0] HIGH = products(2);
    product_tables #(
        .XTopInverted(XTopInverted),
        .YTopInverted(YTopInverted)
    ) u_multiply_tables (
        .x_i(x_i),
        .y_i(y_i),
        .low_o(low),
        .high_o(top)
    );
    assign high = HIGH[{y[3:2], x, 3'd0}+:6];
    carry_add #(
        .Bits(6)
    ) u_add (
        .acc_i({2'b00, top, low[4:2]}),
        .addend_i({high[5:4], x[3] & y[1] & y[0] & ~low[4], high[2:0]}),
        .carry_i(1'b0),
        .sum_o(product_o[7:2])
    );
    assign product_o[1:0] = low[1:0];
    assign unused = high[3];
  end else if (XBits <= 4 && YBits <= 4) begin : gen_tables
    localparam int HighBits = ProductBits - 2;
    logic [ProductBits-1:0] low;
    logic [ProductBits-1:0] high;
    logic unused;
    localparam logic [64*8-1:0] LOW = products(2);
    localparam logic [64*8-1:0] HIGH = products(YBits - 2);
    assign low = LOW[{6'({y[1:0], x}), 3'b000}+:ProductBits];
    assign high = HIGH[{6'({y[YBits-1:2], x}), 3'b000}+:ProductBits];
    carry_add #(
        .Bits(HighBits)
    ) u_add (
        .acc_i(low[ProductBits-1:2]),
        .addend_i(high[HighBits-1:0]),
        .carry_i(1'b0),
        .sum_o(product_o[ProductBits-1:2])
    );
    assign product_o[1:0] = low[1:0];
    assign unused = ^high[ProductBits-1:HighBits];
  end else begin : gen_booth
    localparam int Digits = YBits / 2 + 1;
    // Row j adds {!negative, magnitude ^ negative} + negative at bit 2j, that is its digit times x plus
    // 2^(2j + XBits + 1); the start value takes these powers back.
    logic [2*Digits:0] digits;
    assign digits = {(2 * Digits - YBits)'(0), y, 1'b0};

    function automatic logic [ProductBits-1:0] start();
      start = '0;
      for (int j = 0; j < Digits; j++) begin
        if (2 * j + XBits + 1 < ProductBits) start = start - (ProductBits'(1) << (2 * j + XBits + 1));
      end
    endfunction

    for (genvar j = 0; j < Digits; j++) begin : gen_digit
      localparam int RowBits = ProductBits - 2 * j;
      logic [RowBits-1:0] row;
      logic [RowBits-1:0] added;
      logic [ProductBits-1:0] so_far;
      logic [ProductBits-1:0] sum;
      logic negative;
      assign negative = digits[2*j+2] & ~(digits[2*j+1] & digits[2*j]);
      for (genvar i = 0; i < RowBits; i++) begin : gen_bit
        if (i <= XBits) begin : gen_digit_bit
          logic same;
          logic left;
          if (i < XBits) begin : gen_same
            assign same = x[i];
          end else begin : gen_no_same
            assign same = 1'b0;
          end
          if (i > 0) begin : gen_left
            assign left = x[i-1];
          end else begin : gen_no_left
            assign left = 1'b0;
          end
          assign row[i] = (digits[2*j+2] & ~(digits[2*j+1] & digits[2*j])) ^
                          ((digits[2*j+1] ^ digits[2*j]) ? same : ((digits[2*j+2] ^ digits[2*j+1]) & left));
        end else if (i == XBits + 1) begin : gen_sign
          assign row[i] = ~negative;
        end else begin : gen_above
          assign row[i] = 1'b0;
        end
      end
      if (j == 0) begin : gen_first
        assign so_far = start();
      end else begin : gen_next
        assign so_far = gen_digit[j-1].sum;
      end
      carry_add #(
          .Bits(RowBits)
      ) u_add (
          .acc_i(so_far[ProductBits-1:2*j]),
          .addend_i(row),
          .carry_i(negative),
          .sum_o(added)
      );
      if (j == 0) begin : gen_whole
        assign sum = added;
      end else begin : gen_upper
        assign sum = {added, so_far[2*j-1:0]};
      end
    end
    assign product_o = gen_digit[Digits-1].sum;
  end
endmodule : significand_product
