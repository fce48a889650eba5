// mixed_mac: y <= (first ? 0 : y) + w * a, exact in fixed point, for operands of different kinds; flag sticky since first.
//
//   weight of form 1, 4 bits: 4'b1010 (-4); activation of form 0, 2 + 1 bits: 4'b0011 (3 units), first -> -12
// Operands: forms of rtl/parts/mixed_operand.sv.
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum (SumBits) and, with specials on a side, the flag.
// Latency: 2 cycles (input registers, sum register).  Initiation interval: 1.  No reset: the first step clears.
// Range: as mixed_term; SumBits above MagnitudeBits.  Golden: ng_mixed_mac.
// The bits of the sum below the product's width are kept twice, as in minifloat_mac.
// Costs: see mixed_term.
module mixed_mac #(
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
    parameter int SumBits = 38,
    localparam int FlagBits = WeightSpecials != 0 || ActivationSpecials != 0 ? 1 : 0
) (
    input  logic                          clk_i,
    input  logic                          first_i,
    input  logic [        WeightBits-1:0] w_i,
    input  logic [    ActivationBits-1:0] a_i,
    output logic [SumBits+FlagBits-1:0] y_o
);
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic [SumBits-1:0] sum_d;
  logic [MagnitudeBits-1:0] copy_q;
  logic first_q;

  if (SumBits <= MagnitudeBits) $error("mixed_mac: SumBits does not hold a product");

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
    y_o[SumBits-1:0] <= sum_d;
    first_q <= first_i;
    if (first_i) copy_q <= '0;
    else copy_q <= sum_d[MagnitudeBits-1:0];
  end

  logic unused_negative;
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
        .Lanes(1)
    ) u_multiply_flag (
        .w_i(w_q),
        .a_i(a_q),
        .first_i(first_q),
        .previous_i(y_o[SumBits]),
        .flag_o(flag_d)
    );
  end
endmodule : mixed_mac
