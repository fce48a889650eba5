// level_count: count_o = number of ones in bit_i: bit_count, mapped by itself.
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: about half of Bits.
(* keep_hierarchy *)
module level_count #(
    parameter int Bits = 15,
    localparam int CountBits = $clog2(Bits + 1)
) (
    input  logic [     Bits-1:0] bit_i,
    output logic [CountBits-1:0] count_o
);
  bit_count #(
      .Bits(Bits)
  ) u_count (
      .bit_i(bit_i),
      .count_o(count_o)
  );
endmodule : level_count
