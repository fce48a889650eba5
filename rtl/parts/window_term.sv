// window_term: what a lane of a windowed dot product knows before the largest exponent is known.
//
//   product_o = product of the significands, ya + yb + 2 bits;  exponent_o = sum of the exponent fields, each at least 1 (a
//   one-bit field counts 0);  negative_o = its sign;  present_o = product_o is not 0.
//
// Worked rows, 2 + 1 bits on both sides: 4'b0001 x 4'b1111 -> product 1 * 3, exponent 1 + 3, negative, present
//
// Latency: 0 (combinational).  Range: ExponentBits 1..6, MantissaBits 1..6 a side.
module window_term #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int FieldBits = 5,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int ProductBits = WeightMantissaBits + ActivationMantissaBits + 2
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    output logic [   ProductBits-1:0] product_o,
    output logic [     FieldBits-1:0] exponent_o,
    output logic                      negative_o,
    output logic                      present_o
);
  localparam int Swap = WeightMantissaBits < ActivationMantissaBits ? 1 : 0;
  localparam int LongBits = 1 + (Swap != 0 ? ActivationMantissaBits : WeightMantissaBits);
  localparam int ShortBits = ProductBits - LongBits;

  logic weight_hidden;
  logic activation_hidden;
  logic [WeightMantissaBits:0] weight;
  logic [ActivationMantissaBits:0] activation;
  logic [LongBits-1:0] long_side;
  logic [ShortBits-1:0] short_side;
  assign weight = {weight_hidden, weight_i[WeightMantissaBits-1:0]};
  assign activation = {activation_hidden, activation_i[ActivationMantissaBits-1:0]};
  if (Swap != 0) begin : gen_swap
    assign long_side = activation;
    assign short_side = weight;
  end else begin : gen_keep
    assign long_side = weight;
    assign short_side = activation;
  end

  minifloat_fields #(
      .WeightExponentBits(WeightExponentBits),
      .ActivationExponentBits(ActivationExponentBits)
  ) u_multiply_fields (
      .weight_sign_i(weight_i[WeightBits-1]),
      .activation_sign_i(activation_i[ActivationBits-1]),
      .weight_exponent_i(weight_i[WeightBits-2-:WeightExponentBits]),
      .activation_exponent_i(activation_i[ActivationBits-2-:ActivationExponentBits]),
      .weight_hidden_o(weight_hidden),
      .activation_hidden_o(activation_hidden),
      .negative_o(negative_o)
  );
  both_nonzero #(
      .XBits(WeightMantissaBits + 1),
      .YBits(ActivationMantissaBits + 1)
  ) u_align_present (
      .x_i(weight),
      .y_i(activation),
      .both_o(present_o)
  );
  significand_product #(
      .XBits(LongBits),
      .YBits(ShortBits)
  ) u_multiply (
      .x_i(long_side),
      .y_i(short_side),
      .product_o(product_o)
  );
  minifloat_exponent_sum #(
      .WeightExponentBits(WeightExponentBits),
      .ActivationExponentBits(ActivationExponentBits),
      .SumBits(FieldBits),
      .Bias(0)
  ) u_align_exponent (
      .weight_exponent_i(weight_i[WeightBits-2-:WeightExponentBits]),
      .activation_exponent_i(activation_i[ActivationBits-2-:ActivationExponentBits]),
      .weight_hidden_i(weight_hidden),
      .activation_hidden_i(activation_hidden),
      .sum_o(exponent_o)
  );
endmodule : window_term
