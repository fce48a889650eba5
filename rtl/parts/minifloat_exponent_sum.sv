// minifloat_exponent_sum: sum_o = max(weight exponent, 1) + max(activation exponent, 1) - Bias, where a one-bit exponent
// field counts 0 (it never shifts: codes 0.m and 1.m have the same weight).
//
// Worked rows, both exponents of 4 bits, Bias 0:  0, 0 -> 2;  0, 5 -> 6;  15, 15 -> 30.
//
// Latency: 0 (combinational).  Range: exponent bits 1..6; SumBits holds the largest sum; Bias 0..2, not above the least.
// LUTs expected: 4 for 3 + 3 bits, 6 for 4 + 4, 8 for 5 + 5: gates, no carry chain.
(* keep_hierarchy *)
module minifloat_exponent_sum #(
    parameter int WeightExponentBits = 4,
    parameter int ActivationExponentBits = 4,
    parameter int SumBits = 5,
    parameter int Bias = 0
) (
    input  logic [    WeightExponentBits-1:0] weight_exponent_i,
    input  logic [ActivationExponentBits-1:0] activation_exponent_i,
    input  logic                              weight_hidden_i,
    input  logic                              activation_hidden_i,
    output logic [               SumBits-1:0] sum_o
);
  if (WeightExponentBits < 1 || WeightExponentBits > 6) $error("minifloat_exponent_sum: WeightExponentBits must be 1..6");
  if (ActivationExponentBits < 1 || ActivationExponentBits > 6)
    $error("minifloat_exponent_sum: ActivationExponentBits must be 1..6");

  // A short field finds out itself whether it is 0: the sum then needs no second level.
  logic weight_zero;
  logic activation_zero;
  logic [SumBits-1:0] weight;
  logic [SumBits-1:0] activation;
  logic unused;
  assign unused = weight_hidden_i ^ activation_hidden_i;

  if (WeightExponentBits <= 3) begin : gen_weight_short
    assign weight_zero = ~(|weight_exponent_i);
  end else begin : gen_weight_long
    assign weight_zero = ~weight_hidden_i;
  end
  if (ActivationExponentBits <= 3) begin : gen_activation_short
    assign activation_zero = ~(|activation_exponent_i);
  end else begin : gen_activation_long
    assign activation_zero = ~activation_hidden_i;
  end
  assign weight = WeightExponentBits == 1 ? '0 : SumBits'(weight_exponent_i) | SumBits'(weight_zero);
  assign activation = ActivationExponentBits == 1 ? '0 : SumBits'(activation_exponent_i) | SumBits'(activation_zero);

  function automatic logic [SumBits-1:0] ripple(input logic [SumBits-1:0] x, input logic [SumBits-1:0] y);
    logic [SumBits-1:0] carry;
    carry = '0;
    for (int i = 1; i < SumBits; i++) carry = (x & y) | ((x ^ y) & (carry << 1));
    ripple = x ^ y ^ (carry << 1);
  endfunction

  assign sum_o = Bias == 0 ? ripple(weight, activation) : ripple(ripple(weight, activation), SumBits'(-Bias));
endmodule : minifloat_exponent_sum
