// minifloat_flag: flag_o = (previous_i and not first_i) or any of the 2 * Lanes codes is special.
//
// Latency: 0 (combinational).  Range: as minifloat_special.  LUTs expected: those of minifloat_special, and 1.
module minifloat_flag #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 1,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 1,
    parameter int Lanes = 1,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    input  logic                            first_i,
    input  logic                            previous_i,
    output logic                            flag_o
);
  logic weight_special;
  logic activation_special;

  minifloat_special #(
      .ExponentBits(WeightExponentBits),
      .MantissaBits(WeightMantissaBits),
      .Specials(WeightSpecials),
      .Count(Lanes)
  ) u_multiply_weight (
      .codes_i  (w_i),
      .special_o(weight_special)
  );
  minifloat_special #(
      .ExponentBits(ActivationExponentBits),
      .MantissaBits(ActivationMantissaBits),
      .Specials(ActivationSpecials),
      .Count(Lanes)
  ) u_multiply_activation (
      .codes_i  (a_i),
      .special_o(activation_special)
  );
  flag_join u_multiply_join (
      .first_i(first_i),
      .previous_i(previous_i),
      .weight_i(weight_special),
      .activation_i(activation_special),
      .flag_o(flag_o)
  );
endmodule : minifloat_flag
