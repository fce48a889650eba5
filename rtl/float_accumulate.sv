// float_accumulate: y <= fp((first ? 0 : y) + w * a), the product exact, one rounding to nearest even a step.
//
//   y = {flag, sign, exponent, mantissa}, IEEE 754 with OutputExponentBits and OutputMantissaBits; beyond the largest finite
//   number infinite, for good.
//
// Worked rows, 2 + 1 bits on both sides, output 8 + 23 bits, one a clock:
//   first_i = 1, w_i = 4'b0001 (0.5), a_i = 4'b1111 (-6)  ->  two edges later 32'hC0400000 (-3)
//   first_i = 0, w_i = 4'b0010 (1),   a_i = 4'b0010 (1)   ->  two edges later 32'hC0000000 (-2)
//
// Latency: 2 cycles (input registers, state register).  Initiation interval: 1.  No reset: the first step clears.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits an operand; OutputExponentBits 2..8,
// OutputMantissaBits 1..23; TermPlace = 512 + exponent of the product's bit 0 less that of the output's smallest subnormal;
// Subnormals, Ends as in float_round: whether sums can lie below the normal numbers or above the largest one.
// Corners: a special code sets the flag, its product is that of the codes read as ordinary numbers.
// Costs: u_multiply* product, sign and flag, u_align* exponents and the shift, u_accumulate* addition and rounding.
// Golden: ng_float_accumulate (model/float_accumulate.c).
module float_accumulate #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int OutputExponentBits = 8,
    parameter int OutputMantissaBits = 23,
    parameter int TermPlace = 643,
    parameter int Subnormals = 0,
    parameter int Ends = 0,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int StateBits = 1 + OutputExponentBits + OutputMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = StateBits + FlagBits
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [    WeightBits-1:0] w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [    ResultBits-1:0] y_o
);
  localparam int TermBits = WeightMantissaBits + ActivationMantissaBits + 2;
  localparam int FieldMost = (WeightExponentBits == 1 ? 0 : (1 << WeightExponentBits) - 1) +
                             (ActivationExponentBits == 1 ? 0 : (1 << ActivationExponentBits) - 1);
  localparam int FieldBits = FieldMost == 0 ? 1 : $clog2(FieldMost + 1);
  localparam int Base = (WeightExponentBits > 1 ? 1 : 0) + (ActivationExponentBits > 1 ? 1 : 0);
  // Field of a sum whose leading one is the term's top bit, at the smallest exponents.
  localparam int Offset = TermPlace - 512 - Base + TermBits - OutputMantissaBits;
  localparam int Largest = (Offset < 0 ? -Offset : Offset) + FieldMost;
  localparam int LargestBits = $clog2(Largest + 1);
  localparam int PlaceBits = 2 + (LargestBits > OutputExponentBits ? LargestBits : OutputExponentBits);
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("float_accumulate: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("float_accumulate: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 5 || ActivationSpecials < 0 || ActivationSpecials > 5)
    $error("float_accumulate: Specials must be 0..5");
  if (OutputExponentBits < 2 || OutputExponentBits > 8 || OutputMantissaBits < 1 || OutputMantissaBits > 23)
    $error("float_accumulate: the output needs 2..8 exponent and 1..23 mantissa bits");

  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic first_q;
  logic [StateBits-1:0] state_d;
  logic [TermBits-1:0] product;
  logic [FieldBits-1:0] field;
  logic [PlaceBits-1:0] place;
  logic negative;
  logic present;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
    first_q <= first_i;
    y_o[StateBits-1:0] <= state_d;
  end

  window_term #(
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .FieldBits(FieldBits)
  ) u_multiply_term (
      .weight_i(w_q),
      .activation_i(a_q),
      .product_o(product),
      .exponent_o(field),
      .negative_o(negative),
      .present_o(present)
  );
  offset_place #(
      .FieldBits(FieldBits),
      .PlaceBits(PlaceBits),
      .Offset(Offset)
  ) u_align_place (
      .field_i(field),
      .place_o(place)
  );
  float_add #(
      .ExponentBits(OutputExponentBits),
      .MantissaBits(OutputMantissaBits),
      .TermBits(TermBits),
      .PlaceBits(PlaceBits),
      .Subnormals(Subnormals),
      .Ends(Ends)
  ) u_add (
      .first_i(first_q),
      .state_i(y_o[StateBits-1:0]),
      .negative_i(negative),
      .magnitude_i(product),
      .present_i(present),
      .place_i(place),
      .state_o(state_d)
  );

  if (FlagBits != 0) begin : gen_flag
    logic flag_d;
    always_ff @(posedge clk_i) y_o[StateBits] <= flag_d;
    minifloat_flag #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .Lanes(1)
    ) u_multiply_flag (
        .w_i(w_q),
        .a_i(a_q),
        .first_i(first_q),
        .previous_i(y_o[StateBits]),
        .flag_o(flag_d)
    );
  end
endmodule : float_accumulate
