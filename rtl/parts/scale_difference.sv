// scale_difference: scale_o = place_i - shift_i + Constant, two's complement.
//
// Latency: 0 (combinational).  Range: ScaleBits holds every result.  LUTs expected: 2 * ScaleBits, ScaleBits if Constant
// is 0.
(* keep_hierarchy *)
module scale_difference #(
    parameter int PlaceBits = 5,
    parameter int ShiftBits = 5,
    parameter int ScaleBits = 7,
    parameter int Constant = 0,
    localparam logic [ScaleBits-1:0] CONSTANT = Constant[ScaleBits-1:0]
) (
    input  logic [PlaceBits-1:0] place_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [ScaleBits-1:0] scale_o
);
  assign scale_o = (ScaleBits'(place_i) - ScaleBits'(shift_i)) + CONSTANT;
endmodule : scale_difference
