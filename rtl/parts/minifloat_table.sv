// minifloat_table: product_o = |w| * |a| in units of the product's lsb, bits [First, MagnitudeBits), as one table a bit.
//
//   w, a = magnitude codes {exponent, mantissa};  |w| = {hidden, mantissa} << (max(exponent, 1) - 1)
//
// Latency: 0 (combinational).  Range: at most 6 magnitude code bits in all.
// Coded 1 (First must be 1): the same as the 4-bit code of product_code, zeros above.
// LUTs expected: MagnitudeBits - First, or 4.
(* keep_hierarchy *)
module minifloat_table #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int First = 1,
    parameter int Coded = 0,
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

  if (Coded != 0 && (First != 1 || MagnitudeBits < 5)) $error("minifloat_table: a coded product starts at bit 1");

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
  if (Coded != 0) begin : gen_coded
    logic [3:0] code;
    logic [MagnitudeBits-2:0] unused_high;
    logic unused_low;
    product_code #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits)
    ) u_multiply_code (
        .high_i(product[MagnitudeBits-1:1]),
        .code_i('0),
        .code_o(code),
        .high_o(unused_high)
    );
    assign product_o = (MagnitudeBits - 1)'(code);
    assign unused_low = product[0];
  end else begin : gen_plain
    assign product_o = product[MagnitudeBits-1:First];
  end
endmodule : minifloat_table
