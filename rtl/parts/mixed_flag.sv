// mixed_flag: flag_o = (previous_i and not first_i) or any of the 2 * Lanes codes is special; a side without specials may be
// of any form.
//
// Latency: 0 (combinational).  Range: as minifloat_special.  LUTs expected: those of minifloat_special, and 1.
module mixed_flag #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 3,
    parameter int WeightMantissaBits = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 1,
    parameter int Lanes = 1
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    input  logic                            first_i,
    input  logic                            previous_i,
    output logic                            flag_o
);
  logic weight_special;
  logic activation_special;

  if (WeightSpecials != 0) begin : gen_weight
    minifloat_special #(
        .ExponentBits(WeightForm > 6 ? WeightBits - 1 : WeightExponentBits),
        .MantissaBits(WeightForm > 6 ? 0 : WeightMantissaBits),
        .Specials(WeightSpecials),
        .Signed(WeightForm == 5 ? 0 : 1),
        .Count(Lanes)
    ) u_multiply_weight (
        .codes_i  (w_i),
        .special_o(weight_special)
    );
  end else begin : gen_no_weight
    logic unused;
    assign unused = ^w_i;
    assign weight_special = 1'b0;
  end
  if (ActivationSpecials != 0) begin : gen_activation
    minifloat_special #(
        .ExponentBits(ActivationForm > 6 ? ActivationBits - 1 : ActivationExponentBits),
        .MantissaBits(ActivationForm > 6 ? 0 : ActivationMantissaBits),
        .Specials(ActivationSpecials),
        .Signed(ActivationForm == 5 ? 0 : 1),
        .Count(Lanes)
    ) u_multiply_activation (
        .codes_i  (a_i),
        .special_o(activation_special)
    );
  end else begin : gen_no_activation
    logic unused;
    assign unused = ^a_i;
    assign activation_special = 1'b0;
  end
  flag_join u_multiply_join (
      .first_i(first_i),
      .previous_i(previous_i),
      .weight_i(weight_special),
      .activation_i(activation_special),
      .flag_o(flag_o)
  );
endmodule : mixed_flag
