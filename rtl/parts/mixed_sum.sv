// mixed_sum: y = {flag, sum over lanes of w[i] * a[i]}, exact in fixed point, for operands of different kinds.
// What mixed_dot and mixed_pipe are made of: with StageRows a chain is registered after every StageRows rows and at its
// end; operands and carries wait.
//
//   weights of form 1, 4 bits: 4'b1010 (-4), 4'b0000 (1); activations of form 0, 2 + 1 bits: 3 and 2 units -> -10
// Operands: forms of rtl/parts/mixed_operand.sv.
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum (SumBits) and,
// with specials on a side, the flag.
// Latency: 0, or with StageRows the rows of a chain / StageRows, rounded up.  Range: as mixed_term; Lanes 1..64;
// ChainLength 1..64; SumBits = MagnitudeBits + 1 +
// ceil(log2 Lanes).  Golden: ng_mixed_dot.
// Chains and the count of carries and signs are those of minifloat_dot.
// Costs: see mixed_term; u_accumulate* also the count of carries and the end.
module mixed_sum #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 3,
    parameter int WeightMantissaBits = 0,
    parameter int WeightSpecials = 0,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int MagnitudeBits = 24,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 30,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic clk_i,
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [  SumBits+FlagBits-1:0] y_o
);
  localparam int ChainLanes = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int Chains = (Lanes + ChainLanes - 1) / ChainLanes;
  localparam int LastLanes = Lanes - (Chains - 1) * ChainLanes;
  localparam int HighBits = SumBits - MagnitudeBits;
  localparam int Rows = StageRows != 0 ? StageRows : ChainLanes;
  localparam int Latency = StageRows != 0 ? (ChainLanes + Rows - 1) / Rows : 0;
  if (Lanes < 1 || Lanes > 64) $error("mixed_sum: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("mixed_sum: ChainLength must be 1..64");
  if (SumBits != MagnitudeBits + 1 + $clog2(Lanes)) $error("mixed_sum: SumBits does not fit the forms and lanes");

  logic [Chains*MagnitudeBits-1:0] sums;
  logic [Lanes-1:0] carries;
  logic [Lanes-1:0] negatives;
  logic [HighBits-1:0] count;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    // Carries by place in the chain, the order in which they come.
    localparam int Place = i % ChainLanes;
    localparam int Rank = Place * Chains - (Place > LastLanes ? Place - LastLanes : 0) + i / ChainLanes;
    // A lane waits for its row; what it gives beside the sum waits for the end of the chain.
    localparam int Turn = Place / Rows;
    localparam int Left = Latency == 0 ? 0 : Latency - Turn;
    localparam int IsLast = Place == ChainLanes - 1 || i == Lanes - 1 ? 1 : 0;
    logic [WeightBits-1:0] weight;
    logic [ActivationBits-1:0] activation;
    logic [MagnitudeBits-1:0] so_far;
    logic [MagnitudeBits-1:0] row_sum;
    logic [MagnitudeBits-1:0] sum;
    logic negative;
    logic carry;
    delay_line #(
        .Bits(WeightBits + ActivationBits),
        .Cycles(Turn)
    ) u_wait (
        .clk_i(clk_i),
        .data_i({w_i[i*WeightBits+:WeightBits], a_i[i*ActivationBits+:ActivationBits]}),
        .data_o({weight, activation})
    );
    if (Place == 0) begin : gen_first
      assign so_far = '0;
    end else begin : gen_next
      assign so_far = gen_lane[i-1].sum;
    end
    mixed_term #(
        .WeightForm(WeightForm),
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationForm(ActivationForm),
        .ActivationBits(ActivationBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .MagnitudeBits(MagnitudeBits),
        .SumInBits(MagnitudeBits),
        .SumBits(MagnitudeBits + 1)
    ) u_term (
        .weight_i(weight),
        .activation_i(activation),
        .first_i(1'b0),
        .sum_i(so_far),
        .negative_o(negative),
        .sum_o({carry, row_sum})
    );
    delay_line #(
        .Bits(MagnitudeBits),
        .Cycles(IsLast != 0 ? Left : ((Place + 1) % Rows == 0 ? 1 : 0))
    ) u_stage (
        .clk_i(clk_i),
        .data_i(row_sum),
        .data_o(sum)
    );
    delay_line #(
        .Bits(2),
        .Cycles(Left)
    ) u_left (
        .clk_i(clk_i),
        .data_i({negative, carry}),
        .data_o({negatives[i], carries[Rank]})
    );
    if (IsLast != 0) begin : gen_last
      assign sums[(i/ChainLanes)*MagnitudeBits+:MagnitudeBits] = sum;
    end
  end

  bit_count #(
      .Bits(Lanes),
      .Inverted(Lanes),
      .CountBits(HighBits)
  ) u_accumulate_carries (
      .bit_i(carries),
      .inverted_i(negatives),
      .count_o(count)
  );
  chain_close #(
      .Chains(Chains),
      .TermBits(MagnitudeBits),
      .HighBits(HighBits),
      .Excess(Lanes)
  ) u_accumulate_close (
      .terms_i(sums),
      .carry_count_i(count),
      .sum_o(y_o[SumBits-1:0])
  );

  if (FlagBits != 0) begin : gen_flag
    logic flag;
    mixed_flag #(
        .WeightForm(WeightForm),
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationForm(ActivationForm),
        .ActivationBits(ActivationBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .Lanes(Lanes)
    ) u_multiply_flag (
        .w_i(w_i),
        .a_i(a_i),
        .first_i(1'b1),
        .previous_i(1'b0),
        .flag_o(flag)
    );
    delay_line #(
        .Bits(1),
        .Cycles(Latency)
    ) u_flag (
        .clk_i(clk_i),
        .data_i(flag),
        .data_o(y_o[SumBits])
    );
  end
endmodule : mixed_sum
