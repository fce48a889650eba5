// window_dot: y = sum over lanes of w[i] * a[i], each product cut to WindowBits below the largest exponent.
//
//   y = {flag, exponent, sum}. exponent: the largest sum of exponent fields (each at least 1; a one-bit field counts 0) of
//   the products that are not zero, 0 if all are; sum: two's complement in units of 2^(exponent - biases + 2 - WindowBits).
//   Lane i at bits [i * element bits, (i+1) * element bits). A product is cut toward zero.
//
// Worked rows, Lanes = 2, WindowBits = 6, 2 + 1 bits on both sides (4-bit products, two bits below them in the window):
//   w_i = {4'b0010, 4'b0001} (1, 0.5), a_i = {4'b0010, 4'b1111} (1, -6)  ->  exponent 4, sum = (4 << 2 >> 2) - (3 << 2) = -8
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; Lanes 1..64; ChainLength 1..64; WindowBits
// 3..64; SumBits = WindowBits + ceil(log2 Lanes) + 1.
// Corners: a special code sets the flag, as in minifloat_dot; the sum is that of the codes read as ordinary numbers.
// Costs: u_multiply* product, sign and flag, u_align* exponents, their maximum, shifts; u_accumulate* a row of WindowBits
// each lane, which holds the last shift stage and the sign, and the chains' end.
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
  localparam int ChainBits = WindowBits + 1 + $clog2(ChainLanes);
  // Distances below 2^NearBits are shifted, two bits a stage, the top one inside the row; others leave nothing.
  localparam int WindowLog = $clog2(WindowBits);
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
  if (SumBits != WindowBits + $clog2(Lanes) + 1) $error("window_dot: SumBits does not fit the window and lanes");

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
    localparam int RowBits = WindowBits + 1 + $clog2(Place + 1);
    logic [ProductBits-1:0] product;
    logic [NearBits-1:0] distance;
    logic [RowBits-1:0] so_far;
    logic [RowBits-1:0] sum;
    logic [WindowBits-1:0] last;
    logic negative;
    logic far;
    logic half;
    logic none;

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
