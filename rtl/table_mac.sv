// table_mac: y <= (first ? 0 : y) + value[w] * a for a table of integers, exact for as many terms as SumBits has room for.
//
// The index looks up the digits of radix 4 of its value, each of which is a row of the activation, as in int_mac.
//   Table0 = 10 + 32768 * 5: first 1, w 0, a -3 -> -30;  first 0, w 1, a 2 -> -20
// Ports: clk_i; first_i starts a new sum; w_i the index; a_i the code; y_o the sum.
// Range: as in table_mul; SumBits holds a product.  Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset.
// Golden: ng_table_mac.  LUTs: those of table_mul, multiply, and SumBits, accumulate.
module table_mac #(
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
    parameter int SumBits = 25
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int PRODUCT_BITS = 2 * Digits - ShortLast + BITS;
  localparam int INNER = PRODUCT_BITS > SumBits ? PRODUCT_BITS : SumBits;
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic first_q;
  logic [3*Digits-1:0] digit;
  logic [PRODUCT_BITS-1:0] product;
  logic [INNER-1:0] wide;
  logic unused_top;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
    first_q <= first_i;
  end
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
      .index_i(w_q),
      .digit_o(digit)
  );
  digit_product #(
      .Digits(Digits),
      .ShortLast(ShortLast),
      .MultiplicandBits(BITS)
  ) u_multiply (
      .digit_i(digit),
      .multiplicand_i(ActivationSigned != 0 ? BITS'($signed(a_q)) : BITS'(a_q)),
      .product_o(product)
  );
  assign wide = INNER'($signed(product));
  assign unused_top = ^wide;
  product_accumulator #(
      .SumBits(SumBits)
  ) u_accumulate (
      .clk_i(clk_i),
      .first_i(first_q),
      .product_i(wide[SumBits-1:0]),
      .sum_o(y_o)
  );
endmodule : table_mac
