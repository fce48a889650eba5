// minifloat_round: code_o = code of the minifloat nearest to a normalised number; ties to even, saturating.
//
//   x = (top_i ^ negative) . (1 1 1 ... if negative) is the magnitude less one unit of the sum's lsb where negative, so
//   that no carry is needed to negate: x + 1 unit is rounded instead (guard or tie, not guard and rest).
//   Above the subnormals the code is (scale_i << MantissaBits) + significand; scale_i < 0 shifts the significand right
//   by -scale_i and counts 0. sticky_i: a 1 below top_i in the bits as they were before the complement.
//
// Latency: 0 (combinational).  Range: ScaleBits >= 3, scale_i two's complement.
// LUTs expected: about 6 * (MantissaBits + 3).
(* keep_hierarchy *)
module minifloat_round #(
    parameter int ExponentBits = 4,
    parameter int MantissaBits = 3,
    parameter int Specials = 0,
    parameter int ScaleBits = 6,
    localparam int TopBits = MantissaBits + 2,
    localparam int CodeBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                 negative_i,
    input  logic [  TopBits-1:0] top_i,
    input  logic                 sticky_i,
    input  logic [ScaleBits-1:0] scale_i,
    output logic [ CodeBits-1:0] code_o
);
  if (ScaleBits < 3) $error("minifloat_round: ScaleBits must be at least 3");
  if (Specials < 0 || Specials > 5) $error("minifloat_round: Specials must be 0..5");

  localparam int FieldBits = CodeBits - 1;
  // Wide enough for the largest scale and the carry out of rounding.
  localparam int WideBits = (ScaleBits > ExponentBits ? ScaleBits : ExponentBits) + MantissaBits + 1;
  localparam logic [FieldBits-1:0] Largest =
      Specials == 1 || Specials == 4 ? {{(FieldBits - 1) {1'b1}}, 1'b0}
                    : (Specials == 2 ? {{(ExponentBits - 1) {1'b1}}, 1'b0, {MantissaBits{1'b1}}} : {FieldBits{1'b1}});

  logic subnormal;
  logic far;
  logic [ScaleBits-1:0] below;
  logic [2:0] right;
  logic [TopBits-1:0] whole;
  logic [TopBits-1:0] shifted;
  logic lost;
  logic unused;
  logic guard;
  logic rest;
  logic up;
  logic [WideBits-1:0] base;
  logic [WideBits-1:0] rounded;
  logic [FieldBits-1:0] magnitude;

  // Right shift by -scale = ~scale + 1; 8 and more leave nothing (TopBits is at most 8).
  assign subnormal = scale_i[ScaleBits-1];
  assign below = ~scale_i;
  assign unused = ^below;
  assign right = subnormal ? below[2:0] : 3'd0;
  if (ScaleBits > 4) begin : gen_far
    assign far = subnormal & (|below[ScaleBits-2:3]);
  end else begin : gen_near
    assign far = 1'b0;
  end
  assign whole = top_i ^ {TopBits{negative_i}};

  always_comb begin
    shifted = whole;
    lost = sticky_i;
    if (subnormal) begin
      lost = lost | (shifted[0] ^ negative_i);
      shifted = shifted >> 1;
    end
    for (int k = 0; k < 3; k++) begin
      if (right[k]) begin
        for (int i = 0; i < TopBits; i++) begin
          if (i < (1 << k)) lost = lost | (shifted[i] ^ negative_i);
        end
        shifted = shifted >> (1 << k);
      end
    end
    if (far) shifted = '0;
    guard = shifted[0];
    rest = lost;
  end
  assign up = negative_i ? guard | (~rest & shifted[1]) : guard & (rest | shifted[1]);

  assign base = subnormal ? '0 : WideBits'(scale_i) << MantissaBits;
  assign rounded = base + WideBits'(shifted[TopBits-1:1]) + WideBits'(up);
  assign magnitude = rounded > WideBits'(Largest) ? Largest : rounded[FieldBits-1:0];
  // From Specials 3 on the code of -0 is NaN.
  assign code_o = {negative_i & (Specials < 3 || |magnitude), magnitude};
endmodule : minifloat_round
