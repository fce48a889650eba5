// minifloat_sum: y = sum over lanes of w[i] * a[i], exact in fixed point; flag = any operand special: what minifloat_dot and
// minifloat_pipe are made of.
//
// Lanes are added one after the other in chains of up to ChainLength. A negative lane adds 2^MagnitudeBits too much, so that
// no row needs a sign extension, and a row's carry leaves the chain at once instead of growing it. The end adds the chains,
// and above them the number of carries less that of negative lanes: of carries and positive lanes less Lanes.
// With StageRows a chain is registered after every StageRows rows and at its end; operands, carries and signs wait.
// Ports, range, costs: as in minifloat_dot.  Latency: 0, or with StageRows the rows of a chain / StageRows, rounded up.
// Golden: ng_minifloat_dot.
module minifloat_sum #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int StageRows = 0,
    parameter int SumBits = 42,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
    input  logic                            clk_i,
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [          ResultBits-1:0] y_o
);
  localparam int MagnitudeBits =
      (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 2;
  localparam int ChainLanes = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int Chains = (Lanes + ChainLanes - 1) / ChainLanes;
  localparam int LastLanes = Lanes - (Chains - 1) * ChainLanes;
  localparam int HighBits = SumBits - MagnitudeBits;
  localparam int Rows = StageRows != 0 ? StageRows : ChainLanes;
  localparam int Latency = StageRows != 0 ? (ChainLanes + Rows - 1) / Rows : 0;
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("minifloat_sum: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("minifloat_sum: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 5 || ActivationSpecials < 0 || ActivationSpecials > 5)
    $error("minifloat_sum: Specials must be 0..5");
  if (Lanes < 1 || Lanes > 64) $error("minifloat_sum: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("minifloat_sum: ChainLength must be 1..64");
  if (SumBits != MagnitudeBits + 1 + $clog2(Lanes)) $error("minifloat_sum: SumBits does not fit the formats and lanes");

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
    minifloat_term #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
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
    minifloat_flag #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
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
endmodule : minifloat_sum
