// or_tree: any_o = 1 if any bit is 1, six bits a LUT: as few as there can be, which mapping does not find by itself.
//
//   Bits 16: 16'h0100 -> 1;  0 -> 0
// Latency: 0 (combinational).  Range: Bits >= 1.  LUTs expected: (Bits + 3) / 5.
module or_tree #(
    parameter int Bits = 16
) (
    input  logic [Bits-1:0] bit_i,
    output logic            any_o
);
  // Node n is the OR of the nodes 6 n + 1 to 6 n + 6; the bits are the last ones.
  localparam int Inner = (Bits + 3) / 5;
  localparam int Nodes = Inner + Bits;
  logic [Nodes-1:0] node;
  assign node[Nodes-1:Inner] = bit_i;
  for (genvar n = 0; n < Inner; n++) begin : gen_node
    localparam int Children = 6 * n + 6 < Nodes ? 6 : Nodes - 6 * n - 1;
    or_reduce #(
        .Bits(Children)
    ) u_or (
        .bit_i(node[6*n+1+:Children]),
        .any_o(node[n])
    );
  end
  assign any_o = node[0];
endmodule : or_tree
