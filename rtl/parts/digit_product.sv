// digit_product: product = sum over d of 4^d * digit[d] * multiplicand, two's complement, a chain of booth_row.
//
// booth_product with the digits given: any of -2..2, the last within -1..1 with ShortLast. Row d adds at weight 4^d; offsets
// and the constant that takes them back are those of booth_product.
//   Digits 2, MultiplicandBits 4: digits {-2, 1} (-7), multiplicand 3 -> -21
// Ports: digit d in digit_i[3*d +: 3], as booth_row reads it.
// Range: Digits 1..7, two and up with ShortLast; MultiplicandBits 2..9.  Latency: 0.  Golden: ng_operand_value times a code.
// LUTs: (MultiplicandBits + 1) * Digits, less one with ShortLast.
module digit_product #(
    parameter int Digits = 4,
    parameter int ShortLast = 0,
    parameter int MultiplicandBits = 8,
    // Derived, do not change.
    localparam int PRODUCT_BITS = 2 * Digits - ShortLast + MultiplicandBits
) (
    input  logic [3*Digits-1:0]         digit_i,
    input  logic [MultiplicandBits-1:0] multiplicand_i,
    output logic [PRODUCT_BITS-1:0]     product_o
);
  localparam int WIDE_ROWS = Digits - ShortLast;
  // sum of 4^d * 2^MultiplicandBits over the wide rows, and the short row's 4^(Digits-1) * 2^(MultiplicandBits-1)
  localparam int WIDE_OFFSET = ((1 << (2 * WIDE_ROWS)) - 1) / 3 << MultiplicandBits;
  localparam int SHORT_OFFSET = ShortLast << (2 * Digits + MultiplicandBits - 3);
  localparam int CORRECTION = -(WIDE_OFFSET + SHORT_OFFSET);

  for (genvar d = 0; d < Digits; d++) begin : g_row
    localparam int ROW_BITS = MultiplicandBits + (d < WIDE_ROWS ? 1 : 0);
    localparam int OFFSET = (CORRECTION >>> (2 * d + ROW_BITS)) & 1;
    localparam int OUT_BITS = ROW_BITS + 1 + (d < Digits - 1 ? OFFSET : 0);
    logic [ROW_BITS-1:0] acc;
    logic [OUT_BITS-1:0] sum;
    if (d == 0) begin : g_first
      assign acc = ROW_BITS'(((CORRECTION >>> (ROW_BITS - 1)) & 1) << (ROW_BITS - 1));
    end else begin : g_next
      assign acc = ROW_BITS'(g_row[d-1].sum >> 2);
    end
    booth_row #(
        .MultiplicandBits(MultiplicandBits),
        .RowBits(ROW_BITS),
        .Offset(OFFSET),
        .OutBits(OUT_BITS)
    ) u_row (
        .acc_i(acc),
        .multiplicand_i(multiplicand_i),
        .digit_i(digit_i[3*d+:3]),
        .sum_o(sum)
    );
    if (d < Digits - 1) begin : g_low
      assign product_o[2*d+:2] = sum[1:0];
    end else begin : g_high
      assign product_o[PRODUCT_BITS-1:2*d] = sum;
    end
  end

  if (Digits < 1 || MultiplicandBits < 2) $error("digit_product: no digits, or a multiplicand narrower than 2 bits");
endmodule : digit_product
