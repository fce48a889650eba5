// sign_field: splits a weight that is a sign, or a sign and a shift, and applies the low bits of the shift to a.
//
// weight = {negative, t} with Ternary 0, {negative, any, t} with Ternary 1: the product is +-(a << t), or 0 where any is 0.
// Outputs as in shift_field, for shift_bits: the top bit of t is high_o, whether there is a product low_any_o.
//   Ternary 1, WeightBits 2, a 3, weight 2'b11 -> shifted 3, high 0, low_any 1, negative 1
// Range: WeightBits 1 + Ternary and up to 6, ActivationBits 2 and up.  Latency: 0.  Golden: ng_operand_value.
// LUTs: those of field_shift, and one for high_o with Ternary and a shift.
module sign_field #(
    parameter int Ternary = 1,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    // Derived, do not change.
    localparam int SHIFT_BITS = WeightBits - 1 - Ternary,
    localparam int OUT_BITS = ActivationBits + (SHIFT_BITS > 1 ? (1 << (SHIFT_BITS - 1)) - 1 : 0)
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [OUT_BITS-1:0]       shifted_o,
    output logic                      high_o,
    output logic                      low_any_o,
    output logic                      negative_o
);
  assign negative_o = w_i[WeightBits-1];
  assign low_any_o = Ternary == 0 || w_i[WeightBits-1-Ternary];
  if (SHIFT_BITS > 1) begin : g_low
    field_shift #(
        .Bits(ActivationBits),
        .ShiftBits(SHIFT_BITS - 1)
    ) u_shift (
        .a_i(a_i),
        .shift_i(w_i[SHIFT_BITS-2:0]),
        .shifted_o(shifted_o)
    );
  end else begin : g_none
    assign shifted_o = a_i;
  end
  if (SHIFT_BITS > 0) begin : g_high
    bit_gate #(
        .Bits(1)
    ) u_gate (
        .gate_i(low_any_o),
        .data_i(w_i[SHIFT_BITS-1]),
        .data_o(high_o)
    );
  end else begin : g_no_high
    assign high_o = 1'b0;
  end

  if (SHIFT_BITS < 0 || WeightBits > 6) $error("sign_field: WeightBits is not 1 + Ternary..6");
endmodule : sign_field
