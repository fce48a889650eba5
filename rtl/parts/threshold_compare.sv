// threshold_compare: reached_o = (threshold_i <= sum_i), both two's complement.
//
// Two bits a step: a carry chain adds "greater" and "not less" of each pair of bits, so that its carry goes on where a pair
// is equal. Both are functions of the same four nets, one site of a LUT with two outputs.
//
// Latency: 0 (combinational).  Range: Bits >= 2.  LUTs expected: Bits, half as many sites.
(* keep_hierarchy *)
module threshold_compare #(
    parameter int Bits = 24
) (
    input  logic [Bits-1:0] sum_i,
    input  logic [Bits-1:0] threshold_i,
    output logic            reached_o
);
  localparam int Pairs = (Bits + 1) / 2;
  if (Bits < 2) $error("threshold_compare: Bits must be at least 2");

  // The sign turned: larger numbers are larger as unsigned ones.
  logic [2*Pairs-1:0] sum;
  logic [2*Pairs-1:0] threshold;
  logic [Pairs-1:0] greater;
  logic [Pairs-1:0] not_less;
  logic [Pairs:0] total;
  logic unused;
  assign sum = (2 * Pairs)'({~sum_i[Bits-1], sum_i[Bits-2:0]});
  assign threshold = (2 * Pairs)'({~threshold_i[Bits-1], threshold_i[Bits-2:0]});
  for (genvar p = 0; p < Pairs; p++) begin : gen_pair
    logic [1:0] x;
    logic [1:0] t;
    assign x = sum[2*p+:2];
    assign t = threshold[2*p+:2];
    assign greater[p] = (x[1] & ~t[1]) | (~(x[1] ^ t[1]) & x[0] & ~t[0]);
    assign not_less[p] = greater[p] | (x == t);
  end
  carry_add #(
      .Bits(Pairs + 1)
  ) u_add (
      .acc_i({1'b0, greater}),
      .addend_i({1'b0, not_less}),
      .carry_i(1'b1),
      .sum_o(total)
  );
  assign reached_o = total[Pairs];
  assign unused = ^total[Pairs-1:0];
endmodule : threshold_compare
