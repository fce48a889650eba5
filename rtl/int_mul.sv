// int_mul: y = w * a, two's complement, exact.
//
// The operand whose recoding gives fewer row bits is cut into radix-4 Booth digits, the other is the multiplicand.
//   int4: w -8, a -8 -> 64;  w 7, a -8 -> -56
// Ports: w_i, a_i the codes; y_o their product, SumBits = WeightBits + ActivationBits.
// Range: WeightBits, ActivationBits 2..8.  Latency: 0.  Golden: ng_int_mul.
// Architecture: 0 the Booth rows; 1 a row for each bit of the weight; 2 a table a product bit, for at most 8 bits of code.
// LUTs: (multiplicand bits + 1) * recoded bits / 2, rounded down, with Architecture 0; all of them multiply.
module int_mul #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Architecture = 0,
    parameter int SumBits = 16
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  localparam int PRODUCT_BITS = WeightBits + ActivationBits;
  logic [PRODUCT_BITS-1:0] product;

  if (Architecture == 1) begin : g_array
    int_array #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w_i),
        .a_i(a_i),
        .product_o(product)
    );
  end else if (Architecture == 2) begin : g_table
    int_table #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w_i),
        .a_i(a_i),
        .product_o(product)
    );
  end else begin : g_booth
    int_product #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w_i),
        .a_i(a_i),
        .product_o(product)
    );
  end
  assign y_o = SumBits'($signed(product));

  if (Architecture < 0 || Architecture > 2) $error("int_mul: Architecture is not 0..2");
  if (SumBits < PRODUCT_BITS) $error("int_mul: SumBits is less than the product's");
endmodule : int_mul
