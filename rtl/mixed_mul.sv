// mixed_mul: y = {flag, w * a}, two's complement in units of the product's lsb, for operands of different kinds. Exact.
//
//   weight of form 1, 4 bits: 4'b1010 (-4); activation of form 0, 2 + 1 bits: 4'b0011 (3 units) -> -12
// Operands: forms of rtl/parts/mixed_operand.sv.
// Ports: w_i, a_i the codes; y_o the product (SumBits) and, with specials on a side, the flag.
// Latency: 0 (combinational).  Range: as mixed_term; SumBits = MagnitudeBits + 1.  Golden: ng_mixed_mul.
// Costs: see mixed_term; the row that adds to nothing is accumulate.
module mixed_mul #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 3,
    parameter int WeightMantissaBits = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int MagnitudeBits = 24,
    parameter int SumBits = 25,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic [        WeightBits-1:0] w_i,
    input  logic [    ActivationBits-1:0] a_i,
    output logic [SumBits+FlagBits-1:0] y_o
);
  if (SumBits <= MagnitudeBits) $error("mixed_mul: SumBits does not hold the product");

  logic unused_negative;
  mixed_term #(
      .WeightForm(WeightForm),
      .WeightBits(WeightBits),
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationForm(ActivationForm),
      .ActivationBits(ActivationBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumBits),
      .SumBits(SumBits),
      .Signed(1)
  ) u_term (
      .weight_i(w_i),
      .activation_i(a_i),
      .first_i(1'b1),
      .sum_i('0),
      .negative_o(unused_negative),
      .sum_o(y_o[SumBits-1:0])
  );

  if (FlagBits != 0) begin : gen_flag
    mixed_flag #(
        .WeightForm(WeightForm),
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationForm(ActivationForm),
        .ActivationBits(ActivationBits),
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
endmodule : mixed_mul
