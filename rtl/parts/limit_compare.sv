// limit_compare: reached_o = (limit_i <= window_i), both unsigned; the limit has one bit more.
//
// As threshold_compare: two bits a step on a carry chain.
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module limit_compare #(
    parameter int Bits = 16
) (
    input  logic [Bits-1:0] window_i,
    input  logic [  Bits:0] limit_i,
    output logic            reached_o
);
  threshold_compare #(
      .Bits(Bits + 2)
  ) u_compare (
      .sum_i({2'b00, window_i}),
      .threshold_i({1'b0, limit_i}),
      .reached_o(reached_o)
  );
endmodule : limit_compare
