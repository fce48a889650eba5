// minifloat_special: special_o = 1 if any of Count codes is not a number.
//
//   Specials 0 (none): 0.  Specials 1 (FN): every bit below the sign is 1 (NaN).
//   Specials 2 (IEEE): every exponent bit is 1 (infinity or NaN).
//
// Latency: 0 (combinational).  Range: Count >= 1, ExponentBits 1..6, MantissaBits 1..6.
// LUTs expected: about 1.2 a code of Specials 2, 1.6 a code of Specials 1.
(* keep_hierarchy *)
module minifloat_special #(
    parameter int ExponentBits = 4,
    parameter int MantissaBits = 3,
    parameter int Specials = 1,
    parameter int Count = 1,
    localparam int CodeBits = 1 + ExponentBits + MantissaBits
) (
    input  logic [Count*CodeBits-1:0] codes_i,
    output logic                      special_o
);
  if (Specials < 0 || Specials > 2) $error("minifloat_special: Specials must be 0, 1 or 2");

  logic [Count-1:0] special;
  logic unused;
  for (genvar i = 0; i < Count; i++) begin : gen_code
    if (Specials == 1) begin : gen_fn
      assign special[i] = &codes_i[i*CodeBits+:CodeBits-1];
    end else if (Specials == 2) begin : gen_ieee
      assign special[i] = &codes_i[i*CodeBits+MantissaBits+:ExponentBits];
    end else begin : gen_none
      assign special[i] = 1'b0;
    end
  end
  assign special_o = |special;
  assign unused = ^codes_i;
endmodule : minifloat_special
