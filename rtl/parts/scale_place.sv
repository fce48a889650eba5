// scale_place: scale_o = base_i + place_i - (2^PlaceBits - 1): a number whose leading digit was moved up by
// 2^PlaceBits - 1 - place_i places (leading_shift).
//
// Latency: 0 (combinational).  Range: BaseBits > PlaceBits holds every result.  LUTs expected: BaseBits.
(* keep_hierarchy *)
module scale_place #(
    parameter int BaseBits = 10,
    parameter int PlaceBits = 6
) (
    input  logic [ BaseBits-1:0] base_i,
    input  logic [PlaceBits-1:0] place_i,
    output logic [ BaseBits-1:0] scale_o
);
  logic [PlaceBits-1:0] missing;
  assign missing = ~place_i;
  assign scale_o = base_i - BaseBits'(missing);
  if (BaseBits <= PlaceBits) $error("scale_place: BaseBits must exceed PlaceBits");
endmodule : scale_place
