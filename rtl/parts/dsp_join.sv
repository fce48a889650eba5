// dsp_join: y = high * 2^Place + low, two's complement, both operands of Bits.
//
//   Bits 4, Place 10: high 3, low -1 -> 3071, 18'h00BFF
// The low operand's sign repeats up to Place; above it stands the high operand, less one where the low one is negative. No
// carry chain: bit i turns if the low operand is negative and no bit of the high one below i is 1.
// Range: Bits 2..8, Place Bits..17-Bits.  Latency: 0.  Golden: ng_dsp_dot (activations of a pair).
// LUTs: Bits + 1 for operands of up to 4 bits.
(* keep_hierarchy *)
module dsp_join #(
    parameter int Bits  = 4,
    parameter int Place = 10
) (
    input  logic [Bits-1:0] high_i,
    input  logic [Bits-1:0] low_i,
    output logic [    17:0] y_o
);
  logic negative;
  logic [Bits:0] high, less;
  assign negative = low_i[Bits-1];
  assign high = {high_i[Bits-1], high_i};
  assign less[0] = high[0] ^ negative;
  for (genvar i = 1; i <= Bits; i++) begin : g_bit
    assign less[i] = high[i] ^ (negative & ~(|high[i-1:0]));
  end
  assign y_o = {{(17 - Place - Bits) {less[Bits]}}, less, {(Place - Bits) {negative}}, low_i};

  if (Bits < 2 || Bits > 8 || Place < Bits || Place > 16 - Bits) $error("dsp_join: Place is not between Bits and 16 - Bits");
endmodule : dsp_join
