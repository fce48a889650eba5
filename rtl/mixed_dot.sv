// mixed_dot: y = {flag, sum over lanes of w[i] * a[i]}, exact in fixed point, for operands of different kinds.
//
//   weights of form 1, 4 bits: 4'b1010 (-4), 4'b0000 (1); activations of form 0, 2 + 1 bits: 3 and 2 units -> -10
// Operands: forms of rtl/parts/mixed_operand.sv.
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum (SumBits) and,
// with specials on a side, the flag.
// Latency: 0 (combinational).  Range: as mixed_term; Lanes 1..64; ChainLength 1..64; SumBits = MagnitudeBits + 1 +
// ceil(log2 Lanes).  Golden: ng_mixed_dot.
// Chains and the count of carries and signs are those of minifloat_dot.
// Costs: see mixed_term; u_accumulate* also the count of carries and the end.
module mixed_dot #(
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
    parameter int SumBits = 30,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [  SumBits+FlagBits-1:0] y_o
);
  localparam int ChainLanes = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int Chains = (Lanes + ChainLanes - 1) / ChainLanes;
  localparam int LastLanes = Lanes - (Chains - 1) * ChainLanes;
  localparam int HighBits = SumBits - MagnitudeBits;
  if (Lanes < 1 || Lanes > 64) $error("mixed_dot: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("mixed_dot: ChainLength must be 1..64");
  if (SumBits != MagnitudeBits + 1 + $clog2(Lanes)) $error("mixed_dot: SumBits does not fit the forms and lanes");

  logic [Chains*MagnitudeBits-1:0] sums;
  logic [Lanes-1:0] carries;
  logic [Lanes-1:0] negatives;
  logic [HighBits-1:0] count;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    // Carries by place in the chain, the order in which they come.
    localparam int Place = i % ChainLanes;
    localparam int Rank = Place * Chains - (Place > LastLanes ? Place - LastLanes : 0) + i / ChainLanes;
    logic [MagnitudeBits-1:0] so_far;
    logic [MagnitudeBits-1:0] sum;
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
        .weight_i(w_i[i*WeightBits+:WeightBits]),
        .activation_i(a_i[i*ActivationBits+:ActivationBits]),
        .first_i(1'b0),
        .sum_i(so_far),
        .negative_o(negatives[i]),
        .sum_o({carries[Rank], sum})
    );
    if (Place == ChainLanes - 1 || i == Lanes - 1) begin : gen_last
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
        .flag_o(y_o[SumBits])
    );
  end
endmodule : mixed_dot
