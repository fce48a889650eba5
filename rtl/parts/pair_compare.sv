// pair_compare: y_o = (x_i > t_i), or with OrEqual (x_i >= t_i), both unsigned.
//
// Two bits a step: a carry chain adds "greater" and "not less" of each pair of bits, so that its carry goes on where a pair
// is equal. Both are functions of the same four nets, one site of a LUT with two outputs.
//   Bits 4: 9 against 9 -> 0, with OrEqual 1
//
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: Bits, half as many sites.
module pair_compare #(
    parameter int Bits = 24,
    parameter int OrEqual = 0
) (
    input  logic [Bits-1:0] x_i,
    input  logic [Bits-1:0] t_i,
    output logic            y_o
);
  localparam int Pairs = (Bits + 1) / 2;
  if (Bits < 1) $error("pair_compare: Bits must be at least 1");

  logic [2*Pairs-1:0] all_x;
  logic [2*Pairs-1:0] all_t;
  logic [Pairs-1:0] greater;
  logic [Pairs-1:0] not_less;
  logic [Pairs:0] total;
  logic unused;
  assign all_x = (2 * Pairs)'(x_i);
  assign all_t = (2 * Pairs)'(t_i);
  for (genvar p = 0; p < Pairs; p++) begin : gen_pair
    logic [1:0] x;
    logic [1:0] t;
    assign x = all_x[2*p+:2];
    assign t = all_t[2*p+:2];
    assign greater[p] = (x[1] & ~t[1]) | (~(x[1] ^ t[1]) & x[0] & ~t[0]);
    assign not_less[p] = greater[p] | (x == t);
  end
  carry_add #(
      .Bits(Pairs + 1)
  ) u_add (
      .acc_i({1'b0, greater}),
      .addend_i({1'b0, not_less}),
      .carry_i(OrEqual != 0),
      .sum_o(total)
  );
  assign y_o = total[Pairs];
  assign unused = ^total[Pairs-1:0];
endmodule : pair_compare
