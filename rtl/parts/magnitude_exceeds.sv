// magnitude_exceeds: y_o = (x_i > t_i), or with OrEqual (x_i >= t_i), both unsigned.
//
// pair_compare with a place of its own in the netlist.
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module magnitude_exceeds #(
    parameter int Bits = 16,
    parameter int OrEqual = 0
) (
    input  logic [Bits-1:0] x_i,
    input  logic [Bits-1:0] t_i,
    output logic            y_o
);
  pair_compare #(
      .Bits(Bits),
      .OrEqual(OrEqual)
  ) u_compare (
      .x_i(x_i),
      .t_i(t_i),
      .y_o(y_o)
  );
endmodule : magnitude_exceeds
