// scale_multiply: product and exponent sum of two scale codes {exponent, significand's lower bits} with subnormals.
//
//   code = {x (ignored), e[3:0], m[2:0]};  significand = {e != 0, m}, exponent = max(e, 1) - 1
//   scale = {shift, product}: product = significands' product, shift = sum of the exponents;  nan = 1 if either code's
//   seven bits are all 1
//   8'h38, 8'h39 -> product 8 * 9 = 72, shift 6 + 6 = 12;  8'h01, 8'h02 -> product 2, shift 0
// Range: any codes; the scale of a NaN is that of its bits read as a number.  Latency: 0.
// Golden: ng_scale_sum, ng_operands_special.  LUTs: 4x4-bit product 13, exponents 8, hidden bits 2, NaN 3.
module scale_multiply (
    input  logic [ 7:0] w_i,
    input  logic [ 7:0] a_i,
    output logic [12:0] scale_o,
    output logic        nan_o
);
  logic weight_hidden, activation_hidden, unused_sign;

  minifloat_fields #(
      .WeightExponentBits(4),
      .ActivationExponentBits(4)
  ) u_align_fields (
      .weight_sign_i(w_i[7]),
      .activation_sign_i(a_i[7]),
      .weight_exponent_i(w_i[6:3]),
      .activation_exponent_i(a_i[6:3]),
      .weight_hidden_o(weight_hidden),
      .activation_hidden_o(activation_hidden),
      .negative_o(unused_sign)
  );
  significand_product #(
      .XBits(4),
      .YBits(4)
  ) u_align_product (
      .x_i({weight_hidden, w_i[2:0]}),
      .y_i({activation_hidden, a_i[2:0]}),
      .product_o(scale_o[7:0])
  );
  minifloat_exponent_sum #(
      .WeightExponentBits(4),
      .ActivationExponentBits(4),
      .SumBits(5),
      .Bias(2)
  ) u_align_exponent (
      .weight_exponent_i(w_i[6:3]),
      .activation_exponent_i(a_i[6:3]),
      .weight_hidden_i(weight_hidden),
      .activation_hidden_i(activation_hidden),
      .sum_o(scale_o[12:8])
  );
  minifloat_special #(
      .ExponentBits(4),
      .MantissaBits(3),
      .Specials(1),
      .Count(2)
  ) u_align_nan (
      .codes_i({w_i, a_i}),
      .special_o(nan_o)
  );
endmodule : scale_multiply
