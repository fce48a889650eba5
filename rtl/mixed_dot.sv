// mixed_dot: y = {flag, sum over lanes of w[i] * a[i]}, exact in fixed point, for operands of different kinds.
//
//   weights of form 1, 4 bits: 4'b1010 (-4), 4'b0000 (1); activations of form 0, 2 + 1 bits: 3 and 2 units -> -10
// Operands: forms of rtl/parts/mixed_operand.sv, one of them at least a minifloat (form 0 or 5).
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum (SumBits) and,
// with specials on a side, the flag.
// Latency: 0 (combinational).  Range: as mixed_term; Lanes 1..64; ChainLength 1..64; SumBits = MagnitudeBits + 1 +
// ceil(log2 Lanes).  Golden: ng_mixed_dot.
// Chains, offsets and the count of carries are those of minifloat_dot.
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
  localparam int RowBits = MagnitudeBits + 1;
  localparam int ChainLanes = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int Chains = (Lanes + ChainLanes - 1) / ChainLanes;
  localparam int LastLanes = Lanes - (Chains - 1) * ChainLanes;
  localparam int FullEven = 1 - ChainLanes % 2;
  localparam int LastEven = 1 - LastLanes % 2;
  localparam int CarryCount = Lanes - (Chains - 1) * FullEven - LastEven;
  localparam int Pairs = (Chains - 1) * ((ChainLanes + 1) / 2) + (LastLanes + 1) / 2;
  if (Lanes < 1 || Lanes > 64) $error("mixed_dot: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("mixed_dot: ChainLength must be 1..64");
  if (SumBits != RowBits + $clog2(Lanes)) $error("mixed_dot: SumBits does not fit the forms and lanes");

  logic [Chains*RowBits-1:0] sums;
  logic [CarryCount-1:0] carries;

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    localparam int Place = i % ChainLanes;
    localparam int Chain = i / ChainLanes;
    localparam int Odd = (Chain == Chains - 1 ? LastLanes : ChainLanes) % 2;
    localparam int Start = Place != 0 ? 0 : (Odd != 0 ? 2 : 1);
    logic [RowBits-1:0] so_far;
    logic [RowBits-1:0] sum;
    logic carry;
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
        .SumInBits(RowBits),
        .SumBits(RowBits + 1),
        .Signed(0),
        .Start(Start)
    ) u_term (
        .weight_i(w_i[i*WeightBits+:WeightBits]),
        .activation_i(a_i[i*ActivationBits+:ActivationBits]),
        .first_i(1'b0),
        .sum_i(so_far),
        .sum_o({carry, sum})
    );
    // The first row of an even chain has nothing to carry.
    if (Start == 1) begin : gen_no_carry
      logic unused_carry;
      assign unused_carry = carry;
    end else begin : gen_carry
      localparam int Skipped = (Chain == Chains - 1 ? LastEven + Chain * FullEven : (Chain + 1) * FullEven);
      assign carries[i-Skipped] = carry;
    end
    if (Place == ChainLanes - 1 || i == Lanes - 1) begin : gen_last
      assign sums[Chain*RowBits+:RowBits] = sum;
    end
  end

  if (Lanes == 1) begin : gen_single
    logic unused_carry;
    assign y_o[SumBits-1:0] = sums;
    assign unused_carry = ^carries;
  end else begin : gen_sum
    localparam int HighBits = SumBits - RowBits;
    logic [HighBits-1:0] carry_count;
    ones_count #(
        .Bits(CarryCount),
        .CountBits(HighBits)
    ) u_accumulate_carries (
        .bits_i(carries),
        .count_o(carry_count)
    );
    chain_close #(
        .Chains(Chains),
        .TermBits(RowBits),
        .HighBits(HighBits),
        .Pairs(Pairs)
    ) u_accumulate_close (
        .terms_i(sums),
        .carry_count_i(carry_count),
        .sum_o(y_o[SumBits-1:0])
    );
  end

  if (FlagBits != 0) begin : gen_flag
    mixed_flag #(
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
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
