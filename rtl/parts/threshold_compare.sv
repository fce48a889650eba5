// threshold_compare: reached_o = (threshold_i <= sum_i), both two's complement.
//
// As pair_compare, two bits a step on a carry chain.
// Latency: 0 (combinational).  Range: Bits >= 2.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module threshold_compare #(
    parameter int Bits = 24
) (
    input  logic [Bits-1:0] sum_i,
    input  logic [Bits-1:0] threshold_i,
    output logic            reached_o
);
  if (Bits < 2) $error("threshold_compare: Bits must be at least 2");

  // The sign turned: larger numbers are larger as unsigned ones.
  pair_compare #(
      .Bits(Bits),
      .OrEqual(1)
  ) u_compare (
      .x_i({~sum_i[Bits-1], sum_i[Bits-2:0]}),
      .t_i({~threshold_i[Bits-1], threshold_i[Bits-2:0]}),
      .y_o(reached_o)
  );
endmodule : threshold_compare
