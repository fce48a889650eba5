// minifloat_dot: y = sum over lanes of w[i] * a[i], exact in fixed point; flag = any operand special.
//
//   y = {flag, sum}; sum is two's complement in units of 2^lsb; lane i at bits [i * element bits, (i+1) * element bits).
//
// Worked rows, Lanes = 2, 2 + 1 bits on both sides (lsb = 2^-2):
//   w_i = {4'b0010, 4'b0001} (1, 0.5), a_i = {4'b0010, 4'b1111} (1, -6)  ->  sum = 4 - 12 = -8
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; Lanes 1..64; ChainLength 1..64;
// SumBits = product bits + ceil(log2 Lanes) + 1, as ng_datapath_parameters() gives it.
// Corners: a special code (Specials 1: every bit below the sign is 1; Specials 2: every exponent bit is 1) sets the
// flag; the sum is that of the codes read as ordinary numbers. Without specials on either side there is no flag.
// Lanes are added one after the other in chains of up to ChainLength. A negative lane adds 2^MagnitudeBits too much, so that
// no row needs a sign extension, and a row's carry leaves the chain at once instead of growing it. The end adds the chains,
// and above them the number of carries less that of negative lanes: of carries and positive lanes less Lanes.
// Costs: see minifloat_term; u_multiply* product, sign and flag, u_align* shifts, u_accumulate* each lane's row into
// the sum, the count of carries and the end.
// Golden: ng_minifloat_dot (model/minifloat_dot.c).
module minifloat_dot #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 42,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
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
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("minifloat_dot: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("minifloat_dot: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 2 || ActivationSpecials < 0 || ActivationSpecials > 2)
    $error("minifloat_dot: Specials must be 0, 1 or 2");
  if (Lanes < 1 || Lanes > 64) $error("minifloat_dot: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("minifloat_dot: ChainLength must be 1..64");
  if (SumBits != MagnitudeBits + 1 + $clog2(Lanes)) $error("minifloat_dot: SumBits does not fit the formats and lanes");

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
    minifloat_term #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
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
        .flag_o(y_o[SumBits])
    );
  end
endmodule : minifloat_dot
