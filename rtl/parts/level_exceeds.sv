// level_exceeds: y_o = 1 if a magnitude is more than Significand, read from its top bit.
//
//   Bits 5, SignificandBits 2, Significand 3: 5'b11000, sticky 0 -> 0;  sticky 1 or 5'b11001 -> 1;  5'b10111 -> 0
// sticky_i stands for all bits below data_i.
// Latency: 0 (combinational).  Range: Bits >= SignificandBits.  LUTs expected: one up to six bits, then one for every five.
(* keep_hierarchy *)
module level_exceeds #(
    parameter int Bits = 5,
    parameter int SignificandBits = 2,
    parameter int Significand = 3
) (
    input  logic [Bits-1:0] data_i,
    input  logic            sticky_i,
    output logic            y_o
);
  if (Bits <= SignificandBits) $error("level_exceeds: Bits must be more than SignificandBits");

  // From the lowest bit up, bit by bit: a carry chain for a constant would take more.
  localparam logic [Bits-1:0] LEVEL = Bits'(Significand) << (Bits - SignificandBits);
  always_comb begin
    y_o = sticky_i;
    for (int b = 0; b < Bits; b++) begin
      y_o = LEVEL[b] ? data_i[b] & y_o : data_i[b] | y_o;
    end
  end
endmodule : level_exceeds
