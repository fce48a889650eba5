// float_align: which of a running sum and a term lies on top, and how far the other one is below it.
//
//   sum = field_i (its exponent field, at least 1), term at place_i (the field a sum with the term's top bit would have):
//   distance = place_i - field_i - 1;  below_o = 1, the term below, if that is negative or there is no term
//   shift_o = below ? ~distance : distance;  far_o = 1 if it is 2^ShiftBits or more
//   base_o = below ? field_i : place_i
// The sum below is to be moved by shift_o + 1, the term by shift_o: the missing 1 is wiring, where -distance would be a
// second adder.
//
// Latency: 0 (combinational).  Range: place_i two's complement of PlaceBits bits, PlaceBits > FieldBits.
// LUTs expected: 3 * PlaceBits.
(* keep_hierarchy *)
module float_align #(
    parameter int FieldBits = 8,
    parameter int PlaceBits = 10,
    parameter int ShiftBits = 6
) (
    input  logic [FieldBits-1:0] field_i,
    input  logic [PlaceBits-1:0] place_i,
    input  logic                 present_i,
    output logic                 below_o,
    output logic [ShiftBits-1:0] shift_o,
    output logic                 far_o,
    output logic [PlaceBits-1:0] base_o
);
  if (PlaceBits <= FieldBits || PlaceBits < ShiftBits) $error("float_align: PlaceBits must exceed FieldBits");

  logic [PlaceBits-1:0] field;
  logic [PlaceBits-1:0] distance;
  logic [PlaceBits-1:0] turned;
  assign field = PlaceBits'(field_i);
  carry_add #(
      .Bits(PlaceBits)
  ) u_add (
      .acc_i(place_i),
      .addend_i(~field),
      .carry_i(1'b0),
      .sum_o(distance)
  );
  assign below_o = distance[PlaceBits-1] | ~present_i;
  assign turned = distance ^ {PlaceBits{distance[PlaceBits-1]}};
  assign shift_o = turned[ShiftBits-1:0];
  assign far_o = |(turned >> ShiftBits);
  assign base_o = below_o ? field : place_i;
endmodule : float_align
