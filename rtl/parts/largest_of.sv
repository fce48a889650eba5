// largest_of: largest_o = the largest of unsigned numbers, number i at number_i[i*Bits +: Bits].
//
// A tree of larger_of: for numbers of nine bits less than exponent_max, a bit at a time for all, and half as deep.
// Latency: 0 (combinational).  Range: Numbers >= 1, Bits >= 1.  LUTs expected: 2 * Bits * (Numbers - 1), half as many sites.
module largest_of #(
    parameter int Numbers = 16,
    parameter int Bits = 9
) (
    input  logic [Numbers*Bits-1:0] number_i,
    output logic [        Bits-1:0] largest_o
);
  // Node n is the larger of the nodes 2 n + 1 and 2 n + 2; the numbers are the last ones.
  localparam int Nodes = 2 * Numbers - 1;
  logic [Nodes*Bits-1:0] node;
  assign node[Nodes*Bits-1-:Numbers*Bits] = number_i;
  for (genvar n = 0; n < Numbers - 1; n++) begin : gen_node
    larger_of #(
        .Bits(Bits)
    ) u_larger (
        .x_i(node[(2*n+1)*Bits+:Bits]),
        .y_i(node[(2*n+2)*Bits+:Bits]),
        .larger_o(node[n*Bits+:Bits])
    );
  end
  assign largest_o = node[Bits-1:0];
endmodule : largest_of
