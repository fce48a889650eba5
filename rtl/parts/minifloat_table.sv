// minifloat_table: product_o = |w| * |a| in units of the product's lsb, bits [First, MagnitudeBits), as one table a bit.
//
//   w, a = magnitude codes {exponent, mantissa};  |w| = {hidden, mantissa} << (max(exponent, 1) - 1)
//
// Latency: 0 (combinational).  Range: at most 6 magnitude code bits in all.
// LUTs expected: MagnitudeBits - First.
(* keep_hierarchy *)
module minifloat_table #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int First = 1,
    localparam int WeightBits = WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = ActivationExponentBits + ActivationMantissaBits,
    localparam int WeightFixedBits = (1 << WeightExponentBits) + WeightMantissaBits - 1,
    localparam int ActivationFixedBits = (1 << ActivationExponentBits) + ActivationMantissaBits - 1,
    localparam int MagnitudeBits = WeightFixedBits + ActivationFixedBits
) (
    input  logic [         WeightBits-1:0] weight_i,
    input  logic [     ActivationBits-1:0] activation_i,
    output logic [MagnitudeBits-First-1:0] product_o
);
  if (WeightBits + ActivationBits > 6) $error("minifloat_table: more than 6 code bits");
  if (First < 0 || First >= MagnitudeBits) $error("minifloat_table: First must be a bit of the product");

  logic [WeightFixedBits-1:0] weight;
  logic [ActivationFixedBits-1:0] activation;
  logic [MagnitudeBits-1:0] product;

  minifloat_fixed #(
      .ExponentBits(WeightExponentBits),
      .MantissaBits(WeightMantissaBits)
  ) u_multiply_weight (
      .code_i (weight_i),
      .fixed_o(weight)
  );
  minifloat_fixed #(
      .ExponentBits(ActivationExponentBits),
      .MantissaBits(ActivationMantissaBits)
  ) u_multiply_activation (
      .code_i (activation_i),
      .fixed_o(activation)
  );

  always_comb begin
    logic carry;
    logic bit_xy;
    product = '0;
    for (int j = 0; j < ActivationFixedBits; j++) begin
      carry = 1'b0;
      for (int i = 0; i < WeightFixedBits; i++) begin
        bit_xy = weight[i] & activation[j];
        {carry, product[i+j]} = {(product[i+j] & bit_xy) | (carry & (product[i+j] ^ bit_xy)),
                                 product[i+j] ^ bit_xy ^ carry};
      end
      product[j+WeightFixedBits] = carry;
    end
  end
  assign product_o = product[MagnitudeBits-1:First];
endmodule : minifloat_table
