// sign_weight: sign_field or shift_field, by the form of the weight, on an activation that may be unsigned.
//
//   Form 0 {sign, t}, 0 for t = 0    1 {sign, t}    2 {two bits of sign: 0, +1, 0, -1, t}
// Ports: as in shift_field.  Range: as there, form 1 from one bit.  Latency: 0.  Golden: ng_operand_value.  LUTs: as there.
module sign_weight #(
    parameter int Form = 2,
    parameter int WeightBits = 2,
    parameter int Bits = 8,
    parameter int OutBits = 8
) (
    input  logic [WeightBits-1:0] w_i,
    input  logic [Bits-1:0]       a_i,
    output logic [OutBits-1:0]    shifted_o,
    output logic                  high_o,
    output logic                  low_any_o,
    output logic                  negative_o
);
  if (Form == 2 || WeightBits == 1) begin : g_sign
    sign_field #(
        .Ternary(Form == 2 ? 1 : 0),
        .WeightBits(WeightBits),
        .ActivationBits(Bits)
    ) u_field (
        .w_i(w_i),
        .a_i(a_i),
        .shifted_o(shifted_o),
        .high_o(high_o),
        .low_any_o(low_any_o),
        .negative_o(negative_o)
    );
  end else begin : g_shift
    shift_field #(
        .WeightBits(WeightBits),
        .ActivationBits(Bits)
    ) u_field (
        .w_i(w_i),
        .a_i(a_i),
        .shifted_o(shifted_o),
        .high_o(high_o),
        .low_any_o(low_any_o),
        .negative_o(negative_o)
    );
  end

  if (Form < 0 || Form > 2) $error("sign_weight: Form is not 0, 1 or 2");
endmodule : sign_weight
