// exponent_distance: distance_o = largest_i - exponent_i; far_o = 1 if it is 2^NearBits or more.
//
// Latency: 0 (combinational).  Range: NearBits 1..Bits; exponent_i <= largest_i, or the result is of no use.
// LUTs expected: Bits and one.
(* keep_hierarchy *)
module exponent_distance #(
    parameter int Bits = 5,
    parameter int NearBits = 5
) (
    input  logic [    Bits-1:0] largest_i,
    input  logic [    Bits-1:0] exponent_i,
    output logic [NearBits-1:0] distance_o,
    output logic                far_o
);
  if (NearBits < 1 || NearBits > Bits) $error("exponent_distance: NearBits must be 1..Bits");

  logic [Bits-1:0] distance;
  assign distance = largest_i - exponent_i;
  assign distance_o = distance[NearBits-1:0];
  if (NearBits < Bits) begin : gen_far
    assign far_o = |distance[Bits-1:NearBits];
  end else begin : gen_near
    assign far_o = 1'b0;
  end
endmodule : exponent_distance
