// shift_field: splits a shift weight and applies the low bits of its shift field to a.
//
// weight = {negative, t}: the product is +-(a << t), or with HasZero 0 for t = 0 and +-(a << (t - 1)) above. The low
// bits of t shift here; the top bit, the sign and the zero are left to shift_bits.
//   WeightBits 4, a 3, weight 4'b1110 -> shifted 3 << 2, high 1, low_any 1, negative 1
// Ports: shifted_o is a << t[WeightBits-3:0]; low_any_o is 1 if any of those bits is, high_o is the bit above them.
// Range: WeightBits 2..6, ActivationBits 2 and up.  Latency: 0.  Golden: ng_decode_finite of a shift format.
// LUTs: those of field_shift, and one for low_any with HasZero and WeightBits above 3.
module shift_field #(
    parameter int WeightBits = 4,
    parameter int ActivationBits = 8,
    // Derived, do not change.
    localparam int OUT_BITS = ActivationBits + (1 << (WeightBits - 2)) - 1
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [OUT_BITS-1:0]       shifted_o,
    output logic                      high_o,
    output logic                      low_any_o,
    output logic                      negative_o
);
  assign negative_o = w_i[WeightBits-1];
  assign high_o = w_i[WeightBits-2];
  if (WeightBits > 2) begin : g_low
    field_shift #(
        .Bits(ActivationBits),
        .ShiftBits(WeightBits - 2)
    ) u_shift (
        .a_i(a_i),
        .shift_i(w_i[WeightBits-3:0]),
        .shifted_o(shifted_o)
    );
    or_reduce #(
        .Bits(WeightBits - 2)
    ) u_any (
        .bit_i(w_i[WeightBits-3:0]),
        .any_o(low_any_o)
    );
  end else begin : g_none
    assign shifted_o = a_i;
    assign low_any_o = 1'b0;
  end

  if (WeightBits < 2 || WeightBits > 6) $error("shift_field: WeightBits is not 2..6");
endmodule : shift_field
