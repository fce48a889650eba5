// minifloat_mul: y = {flag, sign, exponent, significand}, the exact product of two minifloats, not aligned.
//
//   value = (-1)^sign * significand * 2^(exponent + lsb)
//   exponent = max(we, 1) + max(ae, 1) - 2 for exponent fields we, ae;  significand = {hidden, mantissa} product
//
// Worked rows, 2 + 1 bits on both sides (lsb = 2^-2; y = {sign, exponent[2:0], significand[3:0]}):
//   w_i = 4'b0001 (0.5), a_i = 4'b1111 (-6)  ->  y_o = 8'b1_010_0011 (-3 * 2^2 * 2^-2)
//   w_i = 4'b0000 (0),   a_i = 4'b1001 (-.5) ->  y_o = 8'b1_000_0000
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; SumBits = 1 + exponent bits + significand
// bits, as ng_datapath_parameters() gives it.
// Corners: a special code (Specials 1: every bit below the sign is 1; Specials 2: every exponent bit is 1) sets the
// flag; the product is that of the codes read as ordinary numbers. Without specials on either side there is no flag.
// Architecture: 0 a significand product and an exponent sum; 1 a table a result bit, for at most 8 bits of code but the signs.
// Costs: u_multiply* the significand product, sign and flag, u_align* the exponent sum.
// Golden: ng_minifloat_mul (model/minifloat_mul.c).
module minifloat_mul #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Architecture = 0,
    parameter int SumBits = 14,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int SignificandBits = WeightMantissaBits + ActivationMantissaBits + 2,
    localparam int ExponentBits = SumBits - 1 - SignificandBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
    input  logic [    WeightBits-1:0] w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [    ResultBits-1:0] y_o
);
  localparam int Largest = (1 << WeightExponentBits) + (1 << ActivationExponentBits) - 4;
  localparam int Base = (WeightExponentBits > 1 ? 1 : 0) + (ActivationExponentBits > 1 ? 1 : 0);
  localparam int FullBits = $clog2(Largest + Base + 1) < 1 ? 1 : $clog2(Largest + Base + 1);
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("minifloat_mul: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("minifloat_mul: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 5 || ActivationSpecials < 0 || ActivationSpecials > 5)
    $error("minifloat_mul: Specials must be 0..5");
  if (Architecture < 0 || Architecture > 1) $error("minifloat_mul: Architecture is not 0 or 1");
  if (ExponentBits != (Largest == 0 ? 1 : $clog2(Largest + 1)))
    $error("minifloat_mul: SumBits does not fit the formats");

  logic weight_zero;
  logic activation_zero;
  logic negative;
  logic [ExponentBits-1:0] exponent;
  logic [SignificandBits-1:0] significand;

  minifloat_zeros #(
      .WeightExponentBits(WeightExponentBits),
      .ActivationExponentBits(ActivationExponentBits)
  ) u_multiply_fields (
      .weight_sign_i(w_i[WeightBits-1]),
      .activation_sign_i(a_i[ActivationBits-1]),
      .weight_exponent_i(w_i[WeightBits-2:WeightMantissaBits]),
      .activation_exponent_i(a_i[ActivationBits-2:ActivationMantissaBits]),
      .weight_zero_o(weight_zero),
      .activation_zero_o(activation_zero),
      .negative_o(negative)
  );
  if (Architecture == 1) begin : gen_table
    logic unused_zeros;
    minifloat_mul_table #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ExponentBits(ExponentBits)
    ) u_multiply_table (
        .weight_i(w_i[WeightBits-2:0]),
        .activation_i(a_i[ActivationBits-2:0]),
        .product_o({exponent, significand})
    );
    assign unused_zeros = weight_zero ^ activation_zero;
  end else begin : gen_rows
    logic [FullBits-1:0] full;
    logic unused_full;
    significand_multiplier #(
        .XBits(WeightMantissaBits + 1),
        .YBits(ActivationMantissaBits + 1),
        .XTopInverted(1),
        .YTopInverted(1)
    ) u_multiply_product (
        .x_i({weight_zero, w_i[WeightMantissaBits-1:0]}),
        .y_i({activation_zero, a_i[ActivationMantissaBits-1:0]}),
        .product_o(significand)
    );
    minifloat_exponent_chain #(
        .WeightExponentBits(WeightExponentBits),
        .ActivationExponentBits(ActivationExponentBits),
        .SumBits(FullBits),
        .Bias(Base)
    ) u_align_exponent (
        .weight_exponent_i(w_i[WeightBits-2:WeightMantissaBits]),
        .activation_exponent_i(a_i[ActivationBits-2:ActivationMantissaBits]),
        .weight_zero_i(weight_zero),
        .activation_zero_i(activation_zero),
        .sum_o(full)
    );
    assign exponent = full[ExponentBits-1:0];
    assign unused_full = ^full;
  end
  assign y_o[SumBits-1:0] = {negative, exponent, significand};

  if (FlagBits != 0) begin : gen_flag
    minifloat_flag #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .Lanes(1)
    ) u_multiply_flag (
        .w_i(w_i),
        .a_i(a_i),
        .first_i(1'b1),
        .previous_i(1'b0),
        .flag_o(y_o[SumBits])
    );
  end
endmodule : minifloat_mul
