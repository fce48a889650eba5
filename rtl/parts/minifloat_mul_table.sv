// minifloat_mul_table: {exponent, significand} of minifloat_mul without sign and flag, one table a bit.
//
//   2 + 1 bits on both sides: 3'b001 (0.5), 3'b111 (6) -> exponent 2, significand 3
// Latency: 0 (combinational).  Range: at most 8 bits of code without the signs; exponent bits 1 and up.
// Golden: ng_minifloat_mul.  LUTs expected: one a bit with six bits of code.
(* keep_hierarchy *)
module minifloat_mul_table #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int ExponentBits = 3,
    localparam int WeightBits = WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = ActivationExponentBits + ActivationMantissaBits,
    localparam int SignificandBits = WeightMantissaBits + ActivationMantissaBits + 2,
    localparam int OutBits = ExponentBits + SignificandBits
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    output logic [       OutBits-1:0] product_o
);
  localparam int CodeBits = WeightBits + ActivationBits;

  // Entry {weight, activation}; entries stand 16 bits apart.
  function automatic logic [(16<<CodeBits)-1:0] products();
    int weight;
    int activation;
    int weight_exponent;
    int activation_exponent;
    products = '0;
    for (int entry = 0; entry < (1 << CodeBits); entry++) begin
      weight = entry >> ActivationBits;
      activation = entry & ((1 << ActivationBits) - 1);
      weight_exponent = weight >> WeightMantissaBits;
      activation_exponent = activation >> ActivationMantissaBits;
      weight = (weight & ((1 << WeightMantissaBits) - 1)) | (weight_exponent != 0 ? 1 << WeightMantissaBits : 0);
      activation = (activation & ((1 << ActivationMantissaBits) - 1)) |
                   (activation_exponent != 0 ? 1 << ActivationMantissaBits : 0);
      products[entry*16+:16] = 16'((((weight_exponent > 1 ? weight_exponent - 1 : 0) +
                                     (activation_exponent > 1 ? activation_exponent - 1 : 0)) << SignificandBits) +
                                   weight * activation);
    end
  endfunction
  localparam logic [(16<<CodeBits)-1:0] PRODUCTS = products();

  assign product_o = PRODUCTS[{weight_i, activation_i, 4'b0000}+:OutBits];

  if (CodeBits > 8) $error("minifloat_mul_table: the codes have more than 8 bits together");
  if (OutBits > 16) $error("minifloat_mul_table: the product has more than 16 bits");
endmodule : minifloat_mul_table
