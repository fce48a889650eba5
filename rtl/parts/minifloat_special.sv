// minifloat_special: special_o = 1 if any of Count codes is not a number.
//
//   Specials 0 (none): 0.  Specials 1 (FN): every bit below the sign is 1 (NaN).
//   Specials 2 (IEEE): every exponent bit is 1 (infinity or NaN).
//   Specials 3 (FNUZ), 5 (P3109 finite): the code of -0 (NaN); without a sign bit, all ones.
//   Specials 4 (P3109 extended): that, and the largest magnitude (infinity); without a sign bit, all ones and the code below.
//   Specials 6 (HiFloat8, 4 + 3 bits): the code of -0 and the magnitude 7'h6F.
//
// Latency: 0 (combinational).  Range: Count >= 1, ExponentBits 1..6, MantissaBits 0..7; Signed 0: a code has no sign bit.
// LUTs expected: about 1.2 a code of Specials 2, 1.6 a code of Specials 1 or 3.
(* keep_hierarchy *)
module minifloat_special #(
    parameter int ExponentBits = 4,
    parameter int MantissaBits = 3,
    parameter int Specials = 1,
    parameter int Signed = 1,
    parameter int Count = 1,
    localparam int MagnitudeBits = ExponentBits + MantissaBits,
    localparam int CodeBits = Signed + MagnitudeBits
) (
    input  logic [Count*CodeBits-1:0] codes_i,
    output logic                      special_o
);
  if (Specials < 0 || Specials > 6) $error("minifloat_special: Specials must be 0..6");

  logic [Count-1:0] special;
  logic unused;
  for (genvar i = 0; i < Count; i++) begin : gen_code
    logic [MagnitudeBits-1:0] magnitude;
    logic minus_zero;
    logic unused_sign;
    assign unused_sign = minus_zero;
    assign magnitude = codes_i[i*CodeBits+:MagnitudeBits];
    assign minus_zero = Signed != 0 && codes_i[i*CodeBits+CodeBits-1] && magnitude == '0;
    if (Specials == 1) begin : gen_fn
      assign special[i] = &magnitude;
    end else if (Specials == 2) begin : gen_ieee
      assign special[i] = &magnitude[MantissaBits+:ExponentBits];
    end else if (Specials == 3 || Specials == 5) begin : gen_one
      assign special[i] = Signed != 0 ? minus_zero : &magnitude;
    end else if (Specials == 4) begin : gen_extended
      assign special[i] = Signed != 0 ? minus_zero || &magnitude : magnitude >= {MagnitudeBits{1'b1}} - 1'b1;
    end else if (Specials == 6) begin : gen_hifloat
      assign special[i] = minus_zero || magnitude == MagnitudeBits'(8'h6F);
    end else begin : gen_none
      assign special[i] = 1'b0;
    end
  end
  assign special_o = |special;
  assign unused = ^codes_i;
endmodule : minifloat_special
