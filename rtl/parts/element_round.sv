// element_round: code_o = element nearest to a magnitude on the element's grid, or rounded as Rounding says, saturating.
//
//   top_i = {magnitude in units of the element's lsb, guard}, sticky_i below it; with Halves and half_i half of that.
//   ExponentBits 0: two's complement of MantissaBits + 1 bits; else sign, exponent, mantissa, largest magnitude code Largest.
//   ExponentBits 2, MantissaBits 1, Largest 7: 5'b01011 (5.5), sticky 0 -> 3'b101 (6);  5'b11110 (15) -> 3'b111 (12)
//
// A magnitude with its leading one at bit t is moved down by j = max(t - MantissaBits, 0); the code is (j << MantissaBits) +
// significand, whose leading one adds itself to the field.
// Latency: 0 (combinational).  Range: GridBits the magnitude's bits, MantissaBits for integers, MantissaBits + binades
// otherwise, or one more, and then all above saturates; Rounding as in round_up.
// LUTs expected: one a code bit while top_i and sticky_i have six bits.
(* keep_hierarchy *)
module element_round #(
    parameter int ExponentBits = 2,
    parameter int MantissaBits = 1,
    parameter int Largest = 7,
    parameter int GridBits = 4,
    parameter int Halves = 0,
    parameter int Rounding = 0,
    localparam int CodeBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                negative_i,
    input  logic                half_i,
    input  logic [  GridBits:0] top_i,
    input  logic                sticky_i,
    output logic [CodeBits-1:0] code_o
);
  logic [GridBits:0] top;
  logic sticky;
  logic odd;
  logic guard;
  logic rest;
  logic up;
  if (Halves != 0) begin : gen_half
    assign top = half_i ? top_i >> 1 : top_i;
    assign sticky = sticky_i | (half_i & top_i[0]);
  end else begin : gen_whole
    logic unused_half;
    assign unused_half = half_i;
    assign top = top_i;
    assign sticky = sticky_i;
  end
  round_up #(
      .Rounding(Rounding)
  ) u_up (
      .negative_i(negative_i),
      .odd_i(odd),
      .guard_i(guard),
      .rest_i(rest),
      .up_o(up)
  );

  if (ExponentBits == 0) begin : gen_integer
    // A negative number may round to the most negative code.
    assign guard = top[0];
    assign odd = top[1];
    assign rest = sticky;
    if (GridBits == MantissaBits && Halves == 0) begin : gen_two_adders
      logic [GridBits:0] rounded;
      logic [GridBits:0] bounded;
      assign rounded = (GridBits + 1)'(top[GridBits:1]) + (GridBits + 1)'(up);
      assign bounded = rounded[GridBits] & ~negative_i ? {1'b0, {GridBits{1'b1}}} : rounded;
      assign code_o = CodeBits'((bounded ^ {(GridBits + 1) {negative_i}}) + (GridBits + 1)'(negative_i));
    end else begin : gen_one_adder
      // -(kept + up) = ~kept + 1 - up; a positive number of all ones stays. One site more than two adders of five inputs a
      // bit, and many fewer than two behind a choice of two shifts.
      logic [MantissaBits-1:0] kept;
      logic over;
      logic carry;
      assign kept = top[MantissaBits:1];
      if (GridBits > MantissaBits) begin : gen_over
        assign over = |top[GridBits:MantissaBits+1];
      end else begin : gen_fits
        assign over = 1'b0;
      end
      assign carry = ~over & (negative_i ? ~up : up & ~&kept);
      carry_add #(
          .Bits(CodeBits)
      ) u_add (
          .acc_i('0),
          .addend_i({negative_i, over ? {MantissaBits{~negative_i}} : kept ^ {MantissaBits{negative_i}}}),
          .carry_i(carry),
          .sum_o(code_o)
      );
    end
  end else begin : gen_float
    localparam int Binades = GridBits - MantissaBits;
    localparam int WideBits = ExponentBits + MantissaBits + 1;
    localparam logic [WideBits-1:0] LARGEST = Largest[WideBits-1:0];
    logic [ExponentBits-1:0] down;
    logic [GridBits:0] moved;
    logic [MantissaBits+1:0] kept;
    logic [WideBits-1:0] rounded;
    logic unused;
    always_comb begin
      down = '0;
      for (int j = 1; j < Binades; j++) begin
        if (top[MantissaBits+1+j]) down = ExponentBits'(j);
      end
      rest = sticky;
      for (int j = 0; j < Binades; j++) begin
        if (ExponentBits'(j) < down) rest = rest | top[j];
      end
    end
    assign moved = top >> down;
    assign kept = moved[MantissaBits+1:0];
    assign unused = ^moved;
    assign guard = kept[0];
    assign odd = kept[1];
    assign rounded = {1'b0, down, MantissaBits'(0)} + WideBits'(kept[MantissaBits+1:1]) + WideBits'(up);
    assign code_o = {negative_i, rounded > LARGEST ? LARGEST[CodeBits-2:0] : rounded[CodeBits-2:0]};
  end
endmodule : element_round
