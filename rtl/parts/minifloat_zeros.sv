// minifloat_zeros: what the multiplier needs of a pair of codes besides the mantissas.
//
//   weight_zero_o, activation_zero_o = 1 for a subnormal code (exponent field 0): the hidden bit's inverse, which an
//   exponent sum takes as its carry and a product's table inverts for nothing
//   negative_o = sign of the product
//
// Latency: 0 (combinational).  Range: any widths with at least one exponent bit.
// LUTs expected: 1 + 1 for each exponent field of 2 to 6 bits.
(* keep_hierarchy *)
module minifloat_zeros #(
    parameter int WeightExponentBits = 2,
    parameter int ActivationExponentBits = 2
) (
    input  logic                              weight_sign_i,
    input  logic                              activation_sign_i,
    input  logic [    WeightExponentBits-1:0] weight_exponent_i,
    input  logic [ActivationExponentBits-1:0] activation_exponent_i,
    output logic                              weight_zero_o,
    output logic                              activation_zero_o,
    output logic                              negative_o
);
  assign weight_zero_o = ~(|weight_exponent_i);
  assign activation_zero_o = ~(|activation_exponent_i);
  assign negative_o = weight_sign_i ^ activation_sign_i;
endmodule : minifloat_zeros
