// minifloat_fixed: fixed_o = {hidden, mantissa} << (max(exponent, 1) - 1), the magnitude of a code in units of the
// format's lsb.
//
//   {exponent, mantissa} of 2 + 1 bits:  000 -> 0;  001 -> 1;  010 -> 2;  101 -> 6;  111 -> 12.
//
// Latency: 0 (combinational).  Range: ExponentBits 1..6, MantissaBits 1..6.
// LUTs expected: one a bit for codes of up to 6 bits; none with a one-bit exponent. Meant to be absorbed by tables.
module minifloat_fixed #(
    parameter int ExponentBits = 2,
    parameter int MantissaBits = 1,
    localparam int CodeBits = ExponentBits + MantissaBits,
    localparam int FixedBits = (1 << ExponentBits) + MantissaBits - 1
) (
    input  logic [ CodeBits-1:0] code_i,
    output logic [FixedBits-1:0] fixed_o
);
  logic [ExponentBits-1:0] exponent;
  logic [MantissaBits-1:0] mantissa;
  assign {exponent, mantissa} = code_i;

  always_comb begin
    fixed_o = exponent == '0 ? FixedBits'(mantissa) : '0;
    for (int e = 1; e < (1 << ExponentBits); e++) begin
      if (exponent == ExponentBits'(e)) begin
        fixed_o = fixed_o | (FixedBits'({1'b1, mantissa}) << (e - 1));
      end
    end
  end
endmodule : minifloat_fixed
