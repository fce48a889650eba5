// leading_zeros: zeros_o = number of zeros above the leading one of the OR of all numbers; any_o = it is not 0.
//
//   Numbers 2, Bits 5: 5'b00010, 5'b00100 -> zeros 2, any 1;  0, 0 -> zeros 2^ZeroBits - 1 or less, any 0
//
// Where the largest of many magnitudes has its leading one, without finding the largest.
// Latency: 0 (combinational).  Range: Numbers >= 1, Bits >= 2.
// LUTs expected: Bits * Numbers / 5 for the OR, 2 * Bits for the place. Tree 1 says how to reach the first; with Tree 0 mapping
// takes about half as many again.
(* keep_hierarchy *)
module leading_zeros #(
    parameter int Numbers = 32,
    parameter int Bits = 16,
    parameter int Tree = 0,
    localparam int ZeroBits = $clog2(Bits)
) (
    input  logic [Numbers*Bits-1:0] number_i,
    output logic [    ZeroBits-1:0] zeros_o,
    output logic                    any_o
);
  logic [Bits-1:0] all;
  for (genvar b = 0; b < Bits; b++) begin : gen_bit
    logic [Numbers-1:0] column;
    for (genvar n = 0; n < Numbers; n++) begin : gen_number
      assign column[n] = number_i[n*Bits+b];
    end
    if (Tree != 0) begin : gen_tree
      or_tree #(
          .Bits(Numbers)
      ) u_or (
          .bit_i(column),
          .any_o(all[b])
      );
    end else begin : gen_free
      assign all[b] = |column;
    end
  end
  assign any_o = |all;
  // From the lowest place up: the last one found is the leading one.
  always_comb begin
    zeros_o = '0;
    for (int b = 0; b < Bits; b++) begin
      if (all[b]) zeros_o = ZeroBits'(Bits - 1 - b);
    end
  end
endmodule : leading_zeros
