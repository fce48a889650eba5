// butterfly: sum_o = x_i + y_i, difference_o = x_i - y_i, two's complement, one bit wider.
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: 2 * (Bits + 1).
(* keep_hierarchy *)
module butterfly #(
    parameter int Bits = 8
) (
    input  logic [Bits-1:0] x_i,
    input  logic [Bits-1:0] y_i,
    output logic [  Bits:0] sum_o,
    output logic [  Bits:0] difference_o
);
  logic [Bits:0] x;
  logic [Bits:0] y;
  assign x = (Bits + 1)'($signed(x_i));
  assign y = (Bits + 1)'($signed(y_i));
  carry_add #(
      .Bits(Bits + 1)
  ) u_sum (
      .acc_i(x),
      .addend_i(y),
      .carry_i(1'b0),
      .sum_o(sum_o)
  );
  carry_add #(
      .Bits(Bits + 1)
  ) u_difference (
      .acc_i(x),
      .addend_i(~y),
      .carry_i(1'b1),
      .sum_o(difference_o)
  );
endmodule : butterfly
