// exponent_max: largest_o = the largest exponent_i of the lanes that are present; 0 if none is.
//
// From the top bit down: a lane is alive while its bits equal those of the maximum; the next bit of the maximum is the OR
// of that bit over the lanes alive. Two functions of the same four nets a lane and bit, one site of a LUT with two outputs:
// less, and less deep, than a tree of comparators and multiplexers.
//   Lanes 3, Bits 3: exponents 5, 6, 3, present 3'b101 -> 5
//
// Latency: 0 (combinational).  Range: Lanes >= 1, Bits >= 1.
// LUTs expected: about 2 * (Bits - 1) + Bits / 5 a lane, half as many sites.
(* keep_hierarchy *)
module exponent_max #(
    parameter int Lanes = 32,
    parameter int Bits = 5
) (
    input  logic [Lanes*Bits-1:0] exponent_i,
    input  logic [     Lanes-1:0] present_i,
    output logic [      Bits-1:0] largest_o
);
  if (Lanes < 1) $error("exponent_max: Lanes must be at least 1");
  if (Bits < 1) $error("exponent_max: Bits must be at least 1");

  for (genvar b = Bits - 1; b >= 0; b--) begin : gen_bit
    logic [Lanes-1:0] alive;
    logic [Lanes-1:0] ones;
    logic any;
    for (genvar i = 0; i < Lanes; i++) begin : gen_lane
      if (b == Bits - 1) begin : gen_top
        assign alive[i] = present_i[i];
      end else begin : gen_below
        assign alive[i] = gen_bit[b+1].alive[i] & (exponent_i[i*Bits+b+1] | ~gen_bit[b+1].any);
      end
      assign ones[i] = alive[i] & exponent_i[i*Bits+b];
    end
    assign any = |ones;
    assign largest_o[b] = any;
  end
endmodule : exponent_max
