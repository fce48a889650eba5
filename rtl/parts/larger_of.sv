// larger_of: larger_o = the larger of two unsigned numbers.
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: 2 * Bits, half as many sites.
(* keep_hierarchy *)
module larger_of #(
    parameter int Bits = 9
) (
    input  logic [Bits-1:0] x_i,
    input  logic [Bits-1:0] y_i,
    output logic [Bits-1:0] larger_o
);
  logic is_x;
  pair_compare #(
      .Bits(Bits)
  ) u_compare (
      .x_i(x_i),
      .t_i(y_i),
      .y_o(is_x)
  );
  assign larger_o = is_x ? x_i : y_i;
endmodule : larger_of
