// window_dot: y = sum over lanes of w[i] * a[i], each product cut to WindowBits below the largest exponent.
//
//   y = {flag, exponent, sum}. exponent: the largest sum of exponent fields (each at least 1; a one-bit field counts 0) of
//   the products that are not zero, 0 if all are; sum: two's complement in units of 2^(exponent - biases + 2 - WindowBits).
//   Lane i at bits [i * element bits, (i+1) * element bits). A product is cut toward zero (Rounding 3), or rounded as
//   Rounding says (rtl/parts/round_up.sv): the bits below the window are a guard bit and a sticky bit, and what they add is
//   the row's carry, so that rounding has no adder of its own.
//
// Worked rows, Lanes = 2, WindowBits = 6, 2 + 1 bits on both sides (4-bit products, two bits below them in the window):
//   w_i = {4'b0010, 4'b0001} (1, 0.5), a_i = {4'b0010, 4'b1111} (1, -6)  ->  exponent 4, sum = (4 << 2 >> 2) - (3 << 2) = -8
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; Lanes 1..64; ChainLength 1..64; WindowBits
// 3..64; SumBits = WindowBits + ceil(log2 Lanes) + 1, rounded WindowBits + floor(log2 Lanes) + 2; Rounding 0..6.
// Corners: a special code sets the flag, as in minifloat_dot; the sum is that of the codes read as ordinary numbers.
// Costs: u_multiply* product, sign and flag, u_align* exponents, their maximum, shifts; u_accumulate* a row of WindowBits
// each lane, which holds the sign and, where it cuts, the last shift stage, and the chains' end.
// Golden: ng_window_dot (model/window_dot.c).
module window_dot #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int WindowBits = 16,
    parameter int SumBits = 22,
    parameter int Rounding = 3,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FieldMost = (WeightExponentBits == 1 ? 0 : (1 << WeightExponentBits) - 1) +
                               (ActivationExponentBits == 1 ? 0 : (1 << ActivationExponentBits) - 1),
    localparam int FieldBits = FieldMost == 0 ? 1 : $clog2(FieldMost + 1),
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FieldBits + FlagBits
) (
    input  logic [    Lanes*WeightBits-1:0] w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [          ResultBits-1:0] y_o
);
  localparam int ProductBits = WeightMantissaBits + ActivationMantissaBits + 2;
  localparam int ChainLanes = ChainLength < Lanes ? ChainLength : Lanes;
  localparam int Chains = (Lanes + ChainLanes - 1) / ChainLanes;
  localparam int Cuts = Rounding == 3 ? 1 : 0;
  // A product that loses bits even unshifted may round up to 2^WindowBits, one more than a row's terms can be.
  localparam int LostBits = ProductBits > WindowBits ? ProductBits - WindowBits : 0;
  localparam int ProductMost = ((2 << WeightMantissaBits) - 1) * ((2 << ActivationMantissaBits) - 1);
  localparam int Grows = Cuts == 0 && LostBits > 0 && ProductMost + (1 << LostBits) > (1 << ProductBits) ? 1 : 0;
  localparam int ChainBits = WindowBits + 1 + $clog2(ChainLanes) + Grows;
  // Distances below 2^NearBits are shifted, two bits a stage, the top one inside the row; others leave nothing.
  localparam int WindowLog = $clog2(WindowBits + 1 - Cuts);
  localparam int NearBits = WindowLog < FieldBits ? WindowLog : FieldBits;
  localparam int Stages = NearBits / 2;
  localparam int Held = ProductBits < WindowBits ? ProductBits : WindowBits;
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("window_dot: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("window_dot: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 5 || ActivationSpecials < 0 || ActivationSpecials > 5)
    $error("window_dot: Specials must be 0..5");
  if (Lanes < 1 || Lanes > 64) $error("window_dot: Lanes must be 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("window_dot: ChainLength must be 1..64");
  if (WindowBits < 3 || WindowBits > 64) $error("window_dot: WindowBits must be 3..64");
  if (SumBits != WindowBits + 1 + (Cuts != 0 ? $clog2(Lanes) : $clog2(Lanes + 1)))
    $error("window_dot: SumBits does not fit the window and lanes");
  if (Rounding < 0 || Rounding > 6) $error("window_dot: Rounding must be 0..6");

  // Bits of a lane's product after `stage` stages, from the window's top.
  function automatic int held(input int stage);
    held = Held;
    for (int s = 0; s < stage; s++) held = held + 3 * (1 << (2 * s));
    if (held > WindowBits) held = WindowBits;
  endfunction

  logic [Lanes*FieldBits-1:0] exponents;
  logic [Lanes-1:0] present;
  logic [FieldBits-1:0] largest;
  logic [Chains*ChainBits-1:0] sums;

  exponent_max #(
      .Lanes(Lanes),
      .Bits (FieldBits)
  ) u_align_max (
      .exponent_i(exponents),
      .present_i(present),
      .largest_o(largest)
  );

  for (genvar i = 0; i < Lanes; i++) begin : gen_lane
    localparam int Place = i % ChainLanes;
    localparam int Chain = i / ChainLanes;
    localparam int RowBits = WindowBits + 1 + $clog2(Place + 1) + Grows;
    logic [ProductBits-1:0] product;
    logic [NearBits-1:0] distance;
    logic [RowBits-1:0] so_far;
    logic [RowBits-1:0] sum;
    logic [WindowBits-1:0] last;
    logic negative;
    logic far;
    logic half;
    logic none;
    logic carry;

    window_term #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .FieldBits(FieldBits)
    ) u_multiply_term (
        .weight_i(w_i[i*WeightBits+:WeightBits]),
        .activation_i(a_i[i*ActivationBits+:ActivationBits]),
        .product_o(product),
        .exponent_o(exponents[i*FieldBits+:FieldBits]),
        .negative_o(negative),
        .present_o(present[i])
    );
    exponent_distance #(
        .Bits(FieldBits),
        .NearBits(NearBits)
    ) u_align_distance (
        .largest_i(largest),
        .exponent_i(exponents[i*FieldBits+:FieldBits]),
        .distance_o(distance),
        .far_o(far)
    );

    if (Cuts != 0) begin : gen_cut
      for (genvar s = 0; s < Stages; s++) begin : gen_stage
        logic [held(s)-1:0] in;
        logic [held(s+1)-1:0] out;
        if (s == 0) begin : gen_first
          assign in = product[ProductBits-1-:Held];
        end else begin : gen_next
          assign in = gen_stage[s-1].out;
        end
        align_right #(
            .InBits(held(s)),
            .OutBits(held(s + 1)),
            .SelectBits(2),
            .Step(1 << (2 * s))
        ) u_align (
            .data_i(in),
            .select_i(distance[2*s+:2]),
            .data_o(out)
        );
      end
      if (Stages == 0) begin : gen_no_stage
        assign last = WindowBits'(product[ProductBits-1-:Held]) << (WindowBits - Held);
      end else begin : gen_stages
        assign last = WindowBits'(gen_stage[Stages-1].out) << (WindowBits - held(Stages));
      end
      // An odd bit of the distance is the row's; a row without one only has to be told what is too far.
      if (NearBits % 2 == 1) begin : gen_half
        assign half = distance[NearBits-1];
      end else begin : gen_whole
        assign half = 1'b0;
      end
      assign carry = negative;
    end else begin : gen_round
      localparam int WideBits = WindowBits + 1 > ProductBits ? WindowBits + 1 : ProductBits;
      logic [WideBits-1:0] wide;
      logic sticky;
      sticky_shift #(
          .InBits(ProductBits),
          .OutBits(WideBits),
          .ShiftBits(NearBits)
      ) u_align (
          .data_i(product),
          .shift_i(distance),
          .far_i(1'b0),
          .data_o(wide),
          .sticky_o(sticky)
      );
      window_round #(
          .LowBits(WideBits - WindowBits),
          .Rounding(Rounding)
      ) u_align_round (
          .negative_i(negative),
          .far_i(far),
          .present_i(present[i]),
          .odd_i(wide[WideBits-WindowBits]),
          .low_i(wide[WideBits-WindowBits-1:0]),
          .sticky_i(sticky),
          .carry_o(carry)
      );
      assign last = wide[WideBits-1-:WindowBits];
      assign half = 1'b0;
    end
    assign none = far;

    if (Place == 0) begin : gen_first
      assign so_far = '0;
    end else begin : gen_next
      assign so_far = RowBits'(gen_lane[i-1].sum);
    end
    aligned_row #(
        .Bits(WindowBits),
        .Step(1 << (2 * Stages)),
        .SumBits(RowBits)
    ) u_accumulate (
        .data_i(last),
        .half_i(half),
        .none_i(none),
        .negative_i(negative),
        .carry_i(carry),
        .sum_i(so_far),
        .sum_o(sum)
    );
    if (Place == ChainLanes - 1 || i == Lanes - 1) begin : gen_last
      assign sums[Chain*ChainBits+:ChainBits] = ChainBits'(sum);
    end
  end

  offset_sum #(
      .Operands(Chains),
      .Bits(ChainBits),
      .OutBits(SumBits),
      .Place(WindowBits),
      .Offset(Lanes)
  ) u_accumulate_close (
      .operand_i(sums),
      .sum_o(y_o[SumBits-1:0])
  );
  assign y_o[SumBits+:FieldBits] = largest;

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
        .first_i(1'b0),
        .previous_i(1'b0),
        .flag_o(y_o[ResultBits-1])
    );
  end
endmodule : window_dot
