// mixed_product_table: mixed_table, mapped by itself.  Latency, range: as there.  LUTs expected: MagnitudeBits.
(* keep_hierarchy *)
module mixed_product_table #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 4,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int MagnitudeBits = 8
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    output logic [ MagnitudeBits-1:0] product_o
);
  mixed_table #(
      .WeightForm(WeightForm),
      .WeightBits(WeightBits),
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationForm(ActivationForm),
      .ActivationBits(ActivationBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .MagnitudeBits(MagnitudeBits)
  ) u_table (
      .weight_i(weight_i),
      .activation_i(activation_i),
      .product_o(product_o)
  );
endmodule : mixed_product_table
