// sum_magnitude: magnitude_o = |sum_i|, unsigned of the same width; present_o = sum_i is not 0.
//
// Latency: 0 (combinational).  Range: Bits >= 2.  LUTs expected: Bits, and a fifth of them.
(* keep_hierarchy *)
module sum_magnitude #(
    parameter int Bits = 14
) (
    input  logic [Bits-1:0] sum_i,
    output logic [Bits-1:0] magnitude_o,
    output logic            present_o
);
  logic negative;
  assign negative = sum_i[Bits-1];
  carry_add #(
      .Bits(Bits)
  ) u_add (
      .acc_i('0),
      .addend_i(sum_i ^ {Bits{negative}}),
      .carry_i(negative),
      .sum_o(magnitude_o)
  );
  assign present_o = |sum_i;
endmodule : sum_magnitude
