// signed_add: sum_o = large_i +- small_i, two's complement of Bits + 2 bits; of a difference whose small side has lost ones
// (sticky_i) the next lower number, so that what is lost counts upwards in both.
//
//   Bits 4: 9 - 3 -> 6;  with sticky 9 - (3 + something) -> 5 and something
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: Bits.
(* keep_hierarchy *)
module signed_add #(
    parameter int Bits = 33
) (
    input  logic [Bits-1:0] large_i,
    input  logic [Bits-1:0] small_i,
    input  logic            subtract_i,
    input  logic            sticky_i,
    output logic [Bits+1:0] sum_o
);
  carry_add #(
      .Bits(Bits + 2)
  ) u_add (
      .acc_i((Bits+2)'(large_i)),
      .addend_i({2'b00, small_i} ^ {(Bits+2){subtract_i}}),
      .carry_i(subtract_i & ~sticky_i),
      .sum_o(sum_o)
  );
endmodule : signed_add
