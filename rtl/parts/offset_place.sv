// offset_place: place_o = field_i + Offset, two's complement.
//
// Latency: 0 (combinational).  Range: PlaceBits holds every result; field_i unsigned.  LUTs expected: PlaceBits.
(* keep_hierarchy *)
module offset_place #(
    parameter int FieldBits = 5,
    parameter int PlaceBits = 10,
    parameter int Offset = 0,
    localparam logic [PlaceBits-1:0] OFFSET = Offset[PlaceBits-1:0]
) (
    input  logic [FieldBits-1:0] field_i,
    output logic [PlaceBits-1:0] place_o
);
  assign place_o = PlaceBits'(field_i) + OFFSET;
endmodule : offset_place
