// dsp_dot: y[k], k = u * Weights + v, = sum over lanes i of w[i][v] * a[i][u], two's complement, exact, in DSP48E1.
//
// Products 1: a block a product, all lanes in one cascade, no LUT. 2: two weights with one activation, 4: two with two, packed
// in one block a lane (dsp_cascade). ChainLength lanes are added inside the blocks, as many as the fields' guard bits hold; the
// fields of the chains are added in LUTs, and their bias is taken back.
//   Products 2, int8, Lanes 1: w {7, -128}, a {-128} -> {-896, 16384}
// Ports: lane i: w_i[(Weights*i + v)*WeightBits +: WeightBits], a_i[(Activations*i + u)*ActivationBits +: ActivationBits]; y[k] in
// y_o[k*SumBits +: SumBits].
// Cost split: blocks and dsp_join are multiply, sums of fields accumulate.
// Range: WeightBits, ActivationBits 2..8, Lanes 1..64; Products 2 and 4: ChainLength as Lanes of dsp_cascade.
// Latency: 0.  Golden: ng_dsp_dot.
// LUTs: Products 1 none; a chain about two thirds of FIELD a sum, Products 4 also those of dsp_join a lane.
module dsp_dot #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Products = 2,
    parameter int Lanes = 32,
    parameter int ChainLength = 2,
    parameter int SumBits = 21,
    localparam int Weights = Products == 1 ? 1 : 2,
    localparam int Activations = Products == 4 ? 2 : 1
) (
    input  logic [        Lanes*Weights*WeightBits-1:0] w_i,
    input  logic [Lanes*Activations*ActivationBits-1:0] a_i,
    output logic [                Products*SumBits-1:0] y_o
);
  if (Products == 1) begin : g_plain
    logic [48*(Lanes+1)-1:0] cascade;
    assign cascade[47:0] = '0;
    for (genvar i = 0; i < Lanes; i++) begin : g_lane
      logic [47:0] p;
      logic unused_p;
      dsp_multiply_add #(
          .Addend(i == 0 ? 0 : 1)
      ) u_multiply (
          .clk_i(1'b0),
          .first_i(1'b0),
          .a_i(25'($signed(w_i[i*WeightBits+:WeightBits]))),
          .b_i(18'($signed(a_i[i*ActivationBits+:ActivationBits]))),
          .c_i(48'd0),
          .pcin_i(cascade[48*i+:48]),
          .p_o(p),
          .pcout_o(cascade[48*(i+1)+:48])
      );
      if (i == Lanes - 1) begin : g_last
        assign y_o = p[SumBits-1:0];
      end
      assign unused_p = ^p;
    end
    logic unused_cascade;
    assign unused_cascade = ^cascade[48*Lanes+:48];
  end else begin : g_packed
    localparam int HIGHEST = 24 - WeightBits;
    localparam int HALF = HIGHEST / 2;
    localparam int NEXT = 17 - ActivationBits;
    localparam int FIELD = Products == 2 ? HIGHEST : (HALF < NEXT ? HALF : NEXT);
    localparam int GUARD = FIELD - WeightBits - ActivationBits + 1;
    localparam int CHAINS = (Lanes + ChainLength - 1) / ChainLength;
    localparam int REST = Lanes - (CHAINS - 1) * ChainLength;
    // Chains whose bias is one less than half of the field: dsp_cascade.
    localparam int FULL = (ChainLength == (1 << GUARD) ? CHAINS - 1 : 0) + (REST == (1 << GUARD) ? 1 : 0);

    logic [CHAINS*Products*(FIELD+1)-1:0] fields;
    for (genvar c = 0; c < CHAINS; c++) begin : g_chain
      localparam int LENGTH = c == CHAINS - 1 ? REST : ChainLength;
      dsp_cascade #(
          .WeightBits(WeightBits),
          .ActivationBits(ActivationBits),
          .Products(Products),
          .Lanes(LENGTH)
      ) u_multiply_chain (
          .clk_i(1'b0),
          .w_i(w_i[c*ChainLength*Weights*WeightBits+:LENGTH*Weights*WeightBits]),
          .a_i(a_i[c*ChainLength*Activations*ActivationBits+:LENGTH*Activations*ActivationBits]),
          .field_o(fields[c*Products*(FIELD+1)+:Products*(FIELD+1)])
      );
    end

    for (genvar k = 0; k < Products; k++) begin : g_sum
      localparam int LAST = k == Products - 1 ? 1 : 0;
      localparam int BITS = FIELD + LAST < SumBits ? FIELD + LAST : SumBits;
      localparam int BIASES = LAST != 0 ? CHAINS << FIELD : (CHAINS << (FIELD - 1)) - FULL;
      logic [CHAINS*BITS-1:0] operands;
      for (genvar c = 0; c < CHAINS; c++) begin : g_chain
        logic unused_field;
        assign operands[c*BITS+:BITS] = fields[(c*Products+k)*(FIELD+1)+:BITS];
        assign unused_field = ^fields[(c*Products+k)*(FIELD+1)+:FIELD+1];
      end
      dsp_close #(
          .Operands(CHAINS),
          .Bits(BITS),
          .Biases(BIASES),
          .SumBits(SumBits)
      ) u_accumulate (
          .operand_i(operands),
          .sum_o(y_o[k*SumBits+:SumBits])
      );
    end
    if (GUARD < 0 || ChainLength < 1 || ChainLength > (1 << GUARD)) $error("dsp_dot: ChainLength is not what the fields hold");
  end

  if (Products != 1 && Products != 2 && Products != 4) $error("dsp_dot: Products is not 1, 2 or 4");
endmodule : dsp_dot
