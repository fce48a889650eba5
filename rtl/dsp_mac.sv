// dsp_mac: y[k] <= (first ? 0 : y[k]) + sum over lanes i of w[i][v] * a[i][u], k = u * Weights + v, exact, in DSP48E1.
//
// Products 1: one lane, registers and sum inside the block. 2 and 4: as in dsp_dot, one cascade of as many lanes as the fields'
// guard bits hold; the sums stand in LUTs and flip-flops, because a field has no room for them.
//   Products 1, int8: first 1, w -8, a -8 -> 64;  first 0, w 7, a 1 -> 71
// Ports: clk_i; first_i starts new sums; w_i, a_i, y_o as in dsp_dot.
// Range: WeightBits, ActivationBits 2..8; Products 1: Lanes 1, SumBits to 48; 2 and 4: Lanes as in dsp_cascade.
// Latency: 2 clock edges (inputs, sums), initiation interval 1, no reset: the sums are defined by the first first_i.
// Golden: ng_dsp_mac.
// LUTs: Products 1 one; a sum SumBits and 1, accumulate, Products 4 also those of dsp_join a lane, multiply.
module dsp_mac #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Products = 2,
    parameter int Lanes = 2,
    parameter int SumBits = 28,
    localparam int Weights = Products == 1 ? 1 : 2,
    localparam int Activations = Products == 4 ? 2 : 1
) (
    input  logic                                        clk_i,
    input  logic                                        first_i,
    input  logic [        Lanes*Weights*WeightBits-1:0] w_i,
    input  logic [Lanes*Activations*ActivationBits-1:0] a_i,
    output logic [                Products*SumBits-1:0] y_o
);
  if (Products == 1) begin : g_plain
    logic [47:0] p, unused_pcout;
    logic unused_p;
    dsp_multiply_add #(
        .Registers(1),
        .Addend(2)
    ) u_multiply (
        .clk_i(clk_i),
        .first_i(first_i),
        .a_i(25'($signed(w_i))),
        .b_i(18'($signed(a_i))),
        .c_i(48'd0),
        .pcin_i(48'd0),
        .p_o(p),
        .pcout_o(unused_pcout)
    );
    assign y_o = p[SumBits-1:0];
    assign unused_p = ^p;
    if (Lanes != 1) $error("dsp_mac: Products 1 has one lane");
  end else begin : g_packed
    localparam int HIGHEST = 24 - WeightBits;
    localparam int HALF = HIGHEST / 2;
    localparam int NEXT = 17 - ActivationBits;
    localparam int FIELD = Products == 2 ? HIGHEST : (HALF < NEXT ? HALF : NEXT);
    localparam int GUARD = FIELD - WeightBits - ActivationBits + 1;

    logic first_q;
    logic [Products*(FIELD+1)-1:0] fields;
    always_ff @(posedge clk_i) first_q <= first_i;

    dsp_cascade #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits),
        .Products(Products),
        .Lanes(Lanes),
        .Registers(1)
    ) u_multiply_chain (
        .clk_i(clk_i),
        .w_i(w_i),
        .a_i(a_i),
        .field_o(fields)
    );
    for (genvar k = 0; k < Products; k++) begin : g_sum
      localparam int LAST = k == Products - 1 ? 1 : 0;
      logic unused_top;
      dsp_accumulator #(
          .FieldBits(FIELD + LAST),
          .Carry(LAST == 0 && Lanes == (1 << GUARD) ? 1 : 0),
          .SumBits(SumBits)
      ) u_accumulate (
          .clk_i(clk_i),
          .first_i(first_q),
          .field_i(fields[k*(FIELD+1)+:FIELD+LAST]),
          .sum_o(y_o[k*SumBits+:SumBits])
      );
      assign unused_top = fields[k*(FIELD+1)+FIELD];
    end
  end

  if (Products != 1 && Products != 2 && Products != 4) $error("dsp_mac: Products is not 1, 2 or 4");
endmodule : dsp_mac
