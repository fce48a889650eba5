// float_add: state_o = state_i + term, rounded once to nearest even: the adder behind a floating-point accumulator.
//
//   state: sign, exponent, mantissa as in IEEE 754; first_i reads it as +0. Term: (-1)^negative_i * magnitude_i with its top
//   bit where a number of field place_i has its leading one; present_i = 0 if it is 0. An infinite state stays.
// The smaller of both is moved down, a frame of TermBits + MantissaBits + 2 bits keeps all that rounding can ask for although
// the term is not normalised, the rest is a sticky bit; one addition, the leading digit to the top, one rounding.
//
// Latency: 0 (combinational).  Range: ExponentBits 2..8, MantissaBits 1..23, TermBits 1..63; place_i two's complement,
// PlaceBits >= ExponentBits + 2; Subnormals, Ends as in float_round.
// Costs: u_align* the distance and the shift, u_accumulate* the rest.
module float_add #(
    parameter int ExponentBits = 8,
    parameter int MantissaBits = 23,
    parameter int TermBits = 8,
    parameter int PlaceBits = 10,
    parameter int Subnormals = 1,
    parameter int Ends = 1,
    localparam int StateBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                 first_i,
    input  logic [StateBits-1:0] state_i,
    input  logic                 negative_i,
    input  logic [ TermBits-1:0] magnitude_i,
    input  logic                 present_i,
    input  logic [PlaceBits-1:0] place_i,
    output logic [StateBits-1:0] state_o
);
  localparam int FrameBits = TermBits + MantissaBits + 2;
  localparam int SmallBits = TermBits > MantissaBits + 2 ? TermBits : MantissaBits + 2;
  localparam int ShiftBits = $clog2(FrameBits + 1);
  localparam int DistanceBits = PlaceBits > ShiftBits ? PlaceBits : ShiftBits + 1;
  localparam int TopBits = MantissaBits + 2;
  localparam int LeadBits = $clog2(FrameBits + 1);

  logic [ExponentBits-1:0] field;
  logic [SmallBits-1:0] minor;
  logic [FrameBits-1:0] major;
  logic [FrameBits-1:0] moved;
  logic [FrameBits+1:0] sum;
  logic [ShiftBits-1:0] shift;
  logic [DistanceBits-1:0] distance;
  logic [DistanceBits-1:0] base;
  logic below;
  logic far;
  logic sticky;
  logic subtract;
  logic sign;
  logic [TopBits-1:0] top;
  logic lost;
  logic [LeadBits-1:0] lead;
  logic [DistanceBits-1:0] scale;
  logic [StateBits-1:0] rounded;

  assign distance = DistanceBits'($signed(place_i));

  float_fields #(
      .ExponentBits(ExponentBits),
      .MantissaBits(MantissaBits),
      .TermBits(TermBits),
      .SmallBits(SmallBits)
  ) u_align_fields (
      .first_i(first_i),
      .state_i(state_i),
      .negative_i(negative_i),
      .magnitude_i(magnitude_i),
      .below_i(below),
      .field_o(field),
      .large_o(major),
      .small_o(minor),
      .sign_o(sign),
      .subtract_o(subtract)
  );
  float_align #(
      .FieldBits(ExponentBits),
      .PlaceBits(DistanceBits),
      .ShiftBits(ShiftBits)
  ) u_align_distance (
      .field_i(field),
      .place_i(distance),
      .present_i(present_i),
      .below_o(below),
      .shift_o(shift),
      .far_o(far),
      .base_o(base)
  );
  sticky_shift #(
      .InBits(SmallBits),
      .OutBits(FrameBits),
      .ShiftBits(ShiftBits)
  ) u_align (
      .data_i(minor),
      .shift_i(shift),
      .far_i(far),
      .data_o(moved),
      .sticky_o(sticky)
  );
  signed_add #(
      .Bits(FrameBits)
  ) u_accumulate (
      .large_i(major),
      .small_i(moved),
      .subtract_i(subtract),
      .sticky_i(sticky),
      .sum_o(sum)
  );
  leading_shift #(
      .DataBits(FrameBits + 1),
      .TopBits (TopBits)
  ) u_accumulate_leading (
      .data_i(sum),
      .top_o(top),
      .sticky_o(lost),
      .place_o(lead)
  );
  scale_place #(
      .BaseBits(DistanceBits),
      .PlaceBits(LeadBits)
  ) u_accumulate_scale (
      .base_i(base),
      .place_i(lead),
      .scale_o(scale)
  );
  float_round #(
      .ExponentBits(ExponentBits),
      .MantissaBits(MantissaBits),
      .ScaleBits(DistanceBits),
      .Subnormals(Subnormals),
      .Ends(Ends)
  ) u_accumulate_round (
      .negative_i(sum[FrameBits+1]),
      .sign_i(sign),
      .top_i(top),
      .sticky_i(sticky),
      .lost_i(lost),
      .scale_i(scale),
      .code_o(rounded)
  );
  if (Ends != 0) begin : gen_hold
    infinity_hold #(
        .ExponentBits(ExponentBits),
        .MantissaBits(MantissaBits)
    ) u_accumulate_hold (
        .first_i(first_i),
        .state_i(state_i),
        .sum_i(rounded),
        .state_o(state_o)
    );
  end else begin : gen_finite
    assign state_o = rounded;
  end
endmodule : float_add
