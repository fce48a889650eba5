// wide_product: product_o = sum_i * multiplier_i, the sum two's complement, the multiplier unsigned: a chain of radix-4 Booth
// rows like booth_product, of any width.
//
//   SumBits 4, MultiplierBits 2: -8 * 3 -> -24
//
// The rows' offsets 2^(row bits - 1) are taken back by ones on top of every row and one place lower in the first.
// Latency: 0 (combinational).  Range: SumBits, MultiplierBits >= 2.
// LUTs expected: (SumBits + 1) * (MultiplierBits / 2 + 1).
module wide_product #(
    parameter int SumBits = 24,
    parameter int MultiplierBits = 16,
    localparam int ProductBits = SumBits + MultiplierBits
) (
    input  logic [       SumBits-1:0] sum_i,
    input  logic [MultiplierBits-1:0] multiplier_i,
    output logic [   ProductBits-1:0] product_o
);
  localparam int Digits = MultiplierBits / 2 + 1;
  localparam int RowBits = SumBits + 1;
  if (SumBits < 2 || MultiplierBits < 2) $error("wide_product: an operand is narrower than 2 bits");

  logic [2*Digits:0] digits;
  logic [SumBits+2*Digits-1:0] product;
  logic unused;
  assign digits = (2 * Digits + 1)'({multiplier_i, 1'b0});
  assign product_o = product[ProductBits-1:0];
  assign unused = ^(product >> ProductBits);

  for (genvar d = 0; d < Digits; d++) begin : gen_row
    localparam int OutBits = RowBits + (d < Digits - 1 ? 2 : 1);
    logic [RowBits-1:0] acc;
    logic [OutBits-1:0] sum;
    if (d == 0) begin : gen_first
      assign acc = RowBits'(1) << (RowBits - 1);
    end else begin : gen_next
      assign acc = RowBits'(gen_row[d-1].sum >> 2);
    end
    booth_row #(
        .MultiplicandBits(SumBits),
        .RowBits(RowBits),
        .Offset(1),
        .OutBits(OutBits)
    ) u_row (
        .acc_i(acc),
        .multiplicand_i(sum_i),
        .digit_i(digits[2*d+:3]),
        .sum_o(sum)
    );
    if (d < Digits - 1) begin : gen_low
      assign product[2*d+:2] = sum[1:0];
    end else begin : gen_high
      assign product[SumBits+2*Digits-1:2*d] = sum;
    end
  end
endmodule : wide_product
