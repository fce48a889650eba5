// booth_product: product = recoded * multiplicand, two's complement, as a chain of radix-4 Booth rows.
//
// Row d adds at weight 4^d; the two bits below the next row are finished and leave the chain. The rows' offsets
// 2^(row bits - 1) are taken back by the constant -(their sum), whose ones fall where the carry chains have a free
// constant: on top of each row and, for row 0, one place lower.
// With OpenLow the first row's two low bits and its carry are left to the adder that follows (booth_accumulator), the
// product's two low bits are 0, and the first row needs no carry chain.
//   RecodedBits 4, MultiplicandBits 4: -8 * -8 -> 64
// Range: both 2 and up, 3 and up with OpenLow.  Latency: 0.  Golden: ng_int_mul.
// LUTs: (MultiplicandBits + 1) * RecodedBits / 2, rounded down: an odd width ends in a digit of -1..1, a bit shorter.
module booth_product #(
    parameter int RecodedBits = 8,
    parameter int MultiplicandBits = 8,
    parameter int OpenLow = 0,
    // Derived, do not change.
    localparam int PRODUCT_BITS = RecodedBits + MultiplicandBits
) (
    input  logic [RecodedBits-1:0]      recoded_i,
    input  logic [MultiplicandBits-1:0] multiplicand_i,
    output logic [PRODUCT_BITS-1:0]     product_o
);
  localparam int DIGITS = (RecodedBits + 1) / 2;
  localparam int ODD = RecodedBits % 2;
  localparam int WIDE_ROWS = DIGITS - ODD;
  // sum of 4^d * 2^MultiplicandBits over the wide rows, and the short row's 4^(DIGITS-1) * 2^(MultiplicandBits-1)
  localparam int WIDE_OFFSET = ((1 << (2 * WIDE_ROWS)) - 1) / 3 << MultiplicandBits;
  localparam int SHORT_OFFSET = ODD << (2 * DIGITS + MultiplicandBits - 3);
  localparam int CORRECTION = -(WIDE_OFFSET + SHORT_OFFSET);

  logic [2*DIGITS:0] digits;
  assign digits = (2*DIGITS+1)'($signed({recoded_i, 1'b0}));

  for (genvar d = 0; d < DIGITS; d++) begin : g_row
    localparam int ROW_BITS = MultiplicandBits + (d < WIDE_ROWS ? 1 : 0);
    localparam int OFFSET = (CORRECTION >>> (2 * d + ROW_BITS)) & 1;
    localparam int OUT_BITS = ROW_BITS + 1 + (d < DIGITS - 1 ? OFFSET : 0);
    logic [ROW_BITS-1:0] acc;
    logic [OUT_BITS-1:0] sum;
    if (d == 0) begin : g_first
      assign acc = ROW_BITS'(((CORRECTION >>> (ROW_BITS - 1)) & 1) << (ROW_BITS - 1));
    end else begin : g_next
      assign acc = ROW_BITS'(g_row[d-1].sum >> 2);
    end
    if (d == 0 && OpenLow != 0) begin : g_open
      localparam int ACC_BITS = MultiplicandBits + (1 < WIDE_ROWS ? 1 : 0);
      logic unused_first;
      assign unused_first = ^{acc, digits[1:0]};
      assign sum[1:0] = 2'b00;
      booth_first #(
          .MultiplicandBits(MultiplicandBits),
          .AccBits(ACC_BITS)
      ) u_row (
          .multiplicand_i(multiplicand_i),
          .recoded_i(recoded_i[1:0]),
          .acc_o(sum[ACC_BITS+1:2])
      );
    end else begin : g_closed
      booth_row #(
          .MultiplicandBits(MultiplicandBits),
          .RowBits(ROW_BITS),
          .Offset(OFFSET),
          .OutBits(OUT_BITS)
      ) u_row (
          .acc_i(acc),
          .multiplicand_i(multiplicand_i),
          .digit_i(digits[2*d+:3]),
          .sum_o(sum)
      );
    end
    if (d < DIGITS - 1) begin : g_low
      assign product_o[2*d+:2] = sum[1:0];
    end else begin : g_high
      assign product_o[PRODUCT_BITS-1:2*d] = sum;
    end
  end

  if (RecodedBits < 2 || MultiplicandBits < 2) $error("booth_product: an operand is narrower than 2 bits");
endmodule : booth_product
