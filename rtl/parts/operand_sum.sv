// operand_sum: sum of `Operands` unsigned operands, modulo 2^OutBits, as a tree of add_rows, four operands a node.
//
//   Operands 5, Bits 3, OutBits 6: 7 + 7 + 7 + 7 + 7 -> 35
// Ports: operand i in operand_i[i*Bits +: Bits].
// Range: Operands 1 and up, OutBits >= Bits.  Latency: 0, two carry chains a level.  Golden: ng_wide_add.
// LUTs: about two thirds of one a bit for each operand after the first.
module operand_sum #(
    parameter int Operands = 4,
    parameter int Bits = 8,
    parameter int OutBits = 10
) (
    input  logic [Operands*Bits-1:0] operand_i,
    output logic [OutBits-1:0]       sum_o
);
  // Sums of four operands, and how wide.
  localparam int NODES = (Operands + 3) / 4;
  localparam int NODE_BITS = OutBits < Bits + 2 ? OutBits : Bits + 2;

  if (Operands == 1) begin : g_one
    assign sum_o = OutBits'(operand_i);
  end else begin : g_tree
    logic [NODES*NODE_BITS-1:0] nodes;
    for (genvar n = 0; n < NODES; n++) begin : g_node
      localparam int LEFT = Operands - 4 * n;
      if (LEFT == 1) begin : g_pass
        assign nodes[n*NODE_BITS+:NODE_BITS] = NODE_BITS'(operand_i[4*n*Bits+:Bits]);
      end else if (LEFT == 2) begin : g_two
        carry_add #(
            .Bits(NODE_BITS)
        ) u_add (
            .acc_i(NODE_BITS'(operand_i[4*n*Bits+:Bits])),
            .addend_i(NODE_BITS'(operand_i[(4*n+1)*Bits+:Bits])),
            .carry_i(1'b0),
            .sum_o(nodes[n*NODE_BITS+:NODE_BITS])
        );
      end else begin : g_four
        localparam int USED = LEFT < 4 ? 3 : 4;
        logic [4*Bits-1:0] four;
        assign four = (4*Bits)'(operand_i[4*n*Bits+:USED*Bits]);
        add_rows #(
            .Bits(Bits),
            .OutBits(NODE_BITS)
        ) u_add (
            .a_i(four[0+:Bits]),
            .b_i(four[Bits+:Bits]),
            .c_i(four[2*Bits+:Bits]),
            .d_i(four[3*Bits+:Bits]),
            .sum_o(nodes[n*NODE_BITS+:NODE_BITS])
        );
      end
    end
    operand_sum #(
        .Operands(NODES),
        .Bits(NODE_BITS),
        .OutBits(OutBits)
    ) u_next (
        .operand_i(nodes),
        .sum_o(sum_o)
    );
  end
  if (OutBits < Bits || Operands < 1) $error("operand_sum: OutBits is less than Bits, or Operands less than 1");
endmodule : operand_sum
