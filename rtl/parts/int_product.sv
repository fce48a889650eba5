// int_product: product = w * a, two's complement, with the cheaper operand recoded.
//
//   int3 * int8: the 3-bit operand is recoded, two rows of 9 and 8 bits
// Range: WeightBits, ActivationBits 2 and up.  Latency: 0.  Golden: ng_int_mul.
// LUTs: the smaller of (multiplicand bits + 1) * recoded bits / 2, rounded down, over the two assignments.
module int_product #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    // Derived, do not change.
    localparam int PRODUCT_BITS = WeightBits + ActivationBits
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [PRODUCT_BITS-1:0]   product_o
);
  if ((ActivationBits + 1) * WeightBits / 2 <= (WeightBits + 1) * ActivationBits / 2) begin : g_weight
    booth_product #(
        .RecodedBits(WeightBits),
        .MultiplicandBits(ActivationBits)
    ) u_booth (
        .recoded_i(w_i),
        .multiplicand_i(a_i),
        .product_o(product_o)
    );
  end else begin : g_activation
    booth_product #(
        .RecodedBits(ActivationBits),
        .MultiplicandBits(WeightBits)
    ) u_booth (
        .recoded_i(a_i),
        .multiplicand_i(w_i),
        .product_o(product_o)
    );
  end
endmodule : int_product
