// element_round: code_o = element nearest to a magnitude on the element's grid, ties to even, saturating.
//
//   top_i = {magnitude in units of the element's lsb, guard}, sticky_i below it. ExponentBits 0: two's complement of
//   MantissaBits + 1 bits; else sign, exponent, mantissa, largest magnitude code Largest.
//   ExponentBits 2, MantissaBits 1, Largest 7: 5'b01011 (5.5), sticky 0 -> 3'b101 (6);  5'b11110 (15) -> 3'b111 (12)
//
// A magnitude with its leading one at bit t is moved down by j = max(t - MantissaBits, 0); the code is (j << MantissaBits) +
// significand, whose leading one adds itself to the field.
// Latency: 0 (combinational).  Range: GridBits = MantissaBits for integers, MantissaBits + binades otherwise.
// LUTs expected: one a code bit while top_i and sticky_i have six bits.
(* keep_hierarchy *)
module element_round #(
    parameter int ExponentBits = 2,
    parameter int MantissaBits = 1,
    parameter int Largest = 7,
    parameter int GridBits = 4,
    localparam int CodeBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                negative_i,
    input  logic [  GridBits:0] top_i,
    input  logic                sticky_i,
    output logic [CodeBits-1:0] code_o
);
  if (ExponentBits == 0) begin : gen_integer
    // One more bit: a negative number may round to the most negative code.
    logic up;
    logic [GridBits:0] rounded;
    logic [GridBits:0] bounded;
    assign up = top_i[0] & (sticky_i | top_i[1]);
    assign rounded = (GridBits + 1)'(top_i[GridBits:1]) + (GridBits + 1)'(up);
    assign bounded = rounded[GridBits] & ~negative_i ? {1'b0, {GridBits{1'b1}}} : rounded;
    assign code_o = CodeBits'((bounded ^ {(GridBits + 1) {negative_i}}) + (GridBits + 1)'(negative_i));
  end else begin : gen_float
    localparam int Binades = GridBits - MantissaBits;
    localparam int WideBits = ExponentBits + MantissaBits + 1;
    localparam logic [WideBits-1:0] LARGEST = Largest[WideBits-1:0];
    logic [ExponentBits-1:0] down;
    logic [GridBits:0] moved;
    logic [MantissaBits+1:0] kept;
    logic rest;
    logic up;
    logic [WideBits-1:0] rounded;
    logic unused;
    always_comb begin
      down = '0;
      for (int j = 1; j < Binades; j++) begin
        if (top_i[MantissaBits+1+j]) down = ExponentBits'(j);
      end
      rest = sticky_i;
      for (int j = 0; j < Binades; j++) begin
        if (ExponentBits'(j) < down) rest = rest | top_i[j];
      end
    end
    assign moved = top_i >> down;
    assign kept = moved[MantissaBits+1:0];
    assign unused = ^moved;
    assign up = kept[0] & (rest | kept[1]);
    assign rounded = {1'b0, down, MantissaBits'(0)} + WideBits'(kept[MantissaBits+1:1]) + WideBits'(up);
    assign code_o = {negative_i, rounded > LARGEST ? LARGEST[CodeBits-2:0] : rounded[CodeBits-2:0]};
  end
endmodule : element_round
