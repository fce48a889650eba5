// ones_count: count_o = number of ones in bits_i, modulo 2^CountBits.
//
//   5'b10110 -> 3
//
// Five bits at a time: their count 0..5 has three bits, each a function of five nets, and so is added to the sum of the
// groups before in one LUT a bit.
//
// Latency: 0 (combinational).  Range: Bits >= 1, CountBits >= 1.
// LUTs expected: 3 for every 5 bits, and a route-through for each sum bit above.
(* keep_hierarchy *)
module ones_count #(
    parameter int Bits = 28,
    parameter int CountBits = 5
) (
    input  logic [     Bits-1:0] bits_i,
    output logic [CountBits-1:0] count_o
);
  if (Bits < 1) $error("ones_count: Bits must be at least 1");
  if (CountBits < 1) $error("ones_count: CountBits must be at least 1");

  localparam int Groups = (Bits + 4) / 5;
  logic [5*Groups-1:0] padded;
  assign padded = (5 * Groups)'(bits_i);

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    localparam int Grown = $clog2(5 * g + 6);
    localparam int SumBits = Grown < CountBits ? Grown : CountBits;
    logic [2:0] ones;
    logic [SumBits-1:0] sum;
    logic unused;
    function automatic logic [2:0] five(input logic [4:0] x);
      logic twos;
      logic [1:0] pairs;
      // x[0] + x[1] + x[2], then x[3], then x[4].
      pairs = {(x[0] & x[1]) | (x[2] & (x[0] ^ x[1])), x[0] ^ x[1] ^ x[2]};
      twos = (pairs[0] & x[3]) | (x[4] & (pairs[0] ^ x[3]));
      five = {pairs[1] & twos, pairs[1] ^ twos, pairs[0] ^ x[3] ^ x[4]};
    endfunction
    assign ones = five(padded[5*g+:5]);
    assign unused = ^ones;
    if (g == 0) begin : gen_first
      assign sum = SumBits'(ones);
    end else begin : gen_next
      carry_add #(
          .Bits(SumBits)
      ) u_add (
          .acc_i(SumBits'(gen_group[g-1].sum)),
          .addend_i(SumBits'(ones)),
          .carry_i(1'b0),
          .sum_o(sum)
      );
    end
  end
  assign count_o = CountBits'(gen_group[Groups-1].sum);
endmodule : ones_count
