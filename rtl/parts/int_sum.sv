// int_sum: y = sum over lanes of w[i] * a[i], two's complement, exact: what int_dot and int_pipe are made of.
//
// The operand with fewer row bits is recoded into radix-4 Booth digits (booth_dot).
// Range, ports: as in int_dot; Serial, StageRows: as in booth_dot.  Golden: ng_int_dot.
module int_sum #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int Serial = 0,
    parameter int StageRows = 0,
    parameter int SumBits = 21
) (
    input  logic                            clk_i,
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  // Row bits of a lane, and one more a digit for the carries, decide which operand is recoded.
  localparam int WEIGHT_COST = (ActivationBits + 1) * WeightBits / 2 + (WeightBits + 1) / 2;
  localparam int ACTIVATION_COST = (WeightBits + 1) * ActivationBits / 2 + (ActivationBits + 1) / 2;

  if (WEIGHT_COST <= ACTIVATION_COST) begin : g_weight
    booth_dot #(
        .RecodedBits(WeightBits),
        .MultiplicandBits(ActivationBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .Serial(Serial),
        .StageRows(StageRows),
        .SumBits(SumBits)
    ) u_booth (
        .clk_i(clk_i),
        .recoded_i(w_i),
        .multiplicand_i(a_i),
        .sum_o(y_o)
    );
  end else begin : g_activation
    booth_dot #(
        .RecodedBits(ActivationBits),
        .MultiplicandBits(WeightBits),
        .Lanes(Lanes),
        .ChainLength(ChainLength),
        .Serial(Serial),
        .StageRows(StageRows),
        .SumBits(SumBits)
    ) u_booth (
        .clk_i(clk_i),
        .recoded_i(a_i),
        .multiplicand_i(w_i),
        .sum_o(y_o)
    );
  end
endmodule : int_sum
