// table_mul: y = value[w] * a for a table of integers and an integer a, two's complement, exact.
//
// The index looks up the digits of radix 4 of its value, each of which is a row of the activation, as in int_mul.
//   Table0 = 10 + 32768 * 5: w 0, a -3 -> -30;  w 1, a -3 -> -15
// Ports: w_i the index; a_i the code; y_o the product.
// Range: WeightBits 1..5, values as in table_digits, ActivationBits 2..8 (1 and up unsigned).  Latency: 0.  Golden: ng_table_mul.
// LUTs: those of table_digits and of digit_product, all multiply.
module table_mul #(
    parameter int WeightBits = 4,
    parameter int Digits = 2,
    parameter int ShortLast = 0,
    parameter logic [31:0] Table0 = 0,
    parameter logic [31:0] Table1 = 0,
    parameter logic [31:0] Table2 = 0,
    parameter logic [31:0] Table3 = 0,
    parameter logic [31:0] Table4 = 0,
    parameter logic [31:0] Table5 = 0,
    parameter logic [31:0] Table6 = 0,
    parameter logic [31:0] Table7 = 0,
    parameter logic [31:0] Table8 = 0,
    parameter logic [31:0] Table9 = 0,
    parameter logic [31:0] Table10 = 0,
    parameter logic [31:0] Table11 = 0,
    parameter logic [31:0] Table12 = 0,
    parameter logic [31:0] Table13 = 0,
    parameter logic [31:0] Table14 = 0,
    parameter logic [31:0] Table15 = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int SumBits = 12
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int PRODUCT_BITS = 2 * Digits - ShortLast + BITS;
  localparam int INNER = PRODUCT_BITS > SumBits ? PRODUCT_BITS : SumBits;
  logic [3*Digits-1:0] digit;
  logic [PRODUCT_BITS-1:0] product;
  logic [INNER-1:0] wide;
  logic unused_top;

  table_digits #(
      .IndexBits(WeightBits),
      .Table0(Table0),
      .Table1(Table1),
      .Table2(Table2),
      .Table3(Table3),
      .Table4(Table4),
      .Table5(Table5),
      .Table6(Table6),
      .Table7(Table7),
      .Table8(Table8),
      .Table9(Table9),
      .Table10(Table10),
      .Table11(Table11),
      .Table12(Table12),
      .Table13(Table13),
      .Table14(Table14),
      .Table15(Table15),
      .Digits(Digits)
  ) u_multiply_digits (
      .index_i(w_i),
      .digit_o(digit)
  );
  digit_product #(
      .Digits(Digits),
      .ShortLast(ShortLast),
      .MultiplicandBits(BITS)
  ) u_multiply (
      .digit_i(digit),
      .multiplicand_i(ActivationSigned != 0 ? BITS'($signed(a_i)) : BITS'(a_i)),
      .product_o(product)
  );
  assign wide = INNER'($signed(product));
  assign y_o = wide[SumBits-1:0];
  assign unused_top = ^wide;
endmodule : table_mul
