// minifloat_mac: y <= (first ? 0 : y) + w * a, exact in fixed point; flag sticky since the last first.
//
//   y = {flag, sum}; sum is two's complement in units of 2^lsb, modulo 2^SumBits.
//
// Worked rows, 2 + 1 bits on both sides (lsb = 2^-2), one a clock:
//   first_i = 1, w_i = 4'b0001 (0.5), a_i = 4'b1111 (-6)  ->  two edges later sum = -12
//   first_i = 0, w_i = 4'b0010 (1),   a_i = 4'b0010 (1)   ->  two edges later sum = -8
//
// Latency: 2 cycles (input registers, sum register).  Initiation interval: 1.  No reset: the first step clears.
// Range: ExponentBits 1..6, MantissaBits 1..6 and at most 8 code bits a side; SumBits above the bits of the largest
// product, as ng_datapath_parameters() gives it.
// Corners: a special code (Specials 1: every bit below the sign is 1; Specials 2: every exponent bit is 1) sets the
// flag; its product is that of the codes read as ordinary numbers. Without specials on either side there is no flag.
// "first ? 0 : y" costs no LUT: bits above the product's width forget the old sum in the row's LUT; those below have no
// room for it and are kept twice, y_o for the reader and copy_q, cleared one edge ahead by first_i, for the row.
// Costs: see minifloat_term; u_multiply* product, sign and flag, u_align* shifts, u_accumulate* the row into the sum.
// Golden: ng_minifloat_mac (model/minifloat_mac.c).
module minifloat_mac #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int WeightSpecials = 0,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int ActivationSpecials = 0,
    parameter int SumBits = 50,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0,
    localparam int ResultBits = SumBits + FlagBits
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [    WeightBits-1:0] w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [    ResultBits-1:0] y_o
);
  localparam int MagnitudeBits =
      (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 2;
  if (WeightExponentBits < 1 || WeightMantissaBits < 1 || WeightBits > 8)
    $error("minifloat_mac: weights need 1..6 exponent and mantissa bits, 8 bits in all");
  if (ActivationExponentBits < 1 || ActivationMantissaBits < 1 || ActivationBits > 8)
    $error("minifloat_mac: activations need 1..6 exponent and mantissa bits, 8 bits in all");
  if (WeightSpecials < 0 || WeightSpecials > 5 || ActivationSpecials < 0 || ActivationSpecials > 5)
    $error("minifloat_mac: Specials must be 0..5");
  if (SumBits <= MagnitudeBits) $error("minifloat_mac: SumBits does not hold a product");

  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic [SumBits-1:0] sum_d;
  logic [MagnitudeBits-1:0] copy_q;
  logic first_q;
  logic unused_negative;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
    y_o[SumBits-1:0] <= sum_d;
    first_q <= first_i;
    if (first_i) copy_q <= '0;
    else copy_q <= sum_d[MagnitudeBits-1:0];
  end

  minifloat_term #(
      .WeightExponentBits(WeightExponentBits),
      .WeightMantissaBits(WeightMantissaBits),
      .ActivationExponentBits(ActivationExponentBits),
      .ActivationMantissaBits(ActivationMantissaBits),
      .SumInBits(SumBits),
      .SumBits(SumBits),
      .Signed(1)
  ) u_term (
      .weight_i(w_q),
      .activation_i(a_q),
      .first_i(first_q),
      .sum_i({y_o[SumBits-1:MagnitudeBits], copy_q}),
      .negative_o(unused_negative),
      .sum_o(sum_d)
  );

  if (FlagBits != 0) begin : gen_flag
    logic flag_d;
    always_ff @(posedge clk_i) y_o[SumBits] <= flag_d;
    minifloat_flag #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .WeightSpecials(WeightSpecials),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .ActivationSpecials(ActivationSpecials),
        .Lanes(1)
    ) u_multiply_flag (
        .w_i(w_q),
        .a_i(a_q),
        .first_i(first_q),
        .previous_i(y_o[SumBits]),
        .flag_o(flag_d)
    );
  end
endmodule : minifloat_mac
