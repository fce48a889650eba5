// minifloat_exponent_chain: sum_o = max(weight exponent, 1) + max(activation exponent, 1) - Bias, where a one-bit exponent
// field counts 0 (it never shifts: codes 0.m and 1.m have the same weight).
//
// Worked rows, both exponents of 4 bits, Bias 0:  0, 0 -> 2;  0, 5 -> 6;  15, 15 -> 30.
//
// max(e, 1) is e and a carry that is set where e is 0: the longer field goes straight onto a carry chain with its flag as
// the chain's carry, the other's max(e, 1) - Bias is a function of that field alone. Fields of one or two bits are gates.
//
// Ports: weight_zero_i, activation_zero_i as minifloat_zeros gives them.
// Latency: 0 (combinational).  Range: exponent bits 1..6; SumBits holds the largest sum; Bias 0..2, not above the least.
// LUTs expected: 3 for 3 + 3 bits, 4 for 4 + 4, 5 for 5 + 5, and one more with a Bias.
(* keep_hierarchy *)
module minifloat_exponent_chain #(
    parameter int WeightExponentBits = 4,
    parameter int ActivationExponentBits = 4,
    parameter int SumBits = 5,
    parameter int Bias = 0
) (
    input  logic [    WeightExponentBits-1:0] weight_exponent_i,
    input  logic [ActivationExponentBits-1:0] activation_exponent_i,
    input  logic                              weight_zero_i,
    input  logic                              activation_zero_i,
    output logic [               SumBits-1:0] sum_o
);
  if (WeightExponentBits < 1 || WeightExponentBits > 6) $error("minifloat_exponent_chain: WeightExponentBits must be 1..6");
  if (ActivationExponentBits < 1 || ActivationExponentBits > 6)
    $error("minifloat_exponent_chain: ActivationExponentBits must be 1..6");

  logic [SumBits-1:0] weight;
  logic [SumBits-1:0] activation;
  assign weight = WeightExponentBits == 1 ? '0 : SumBits'(weight_exponent_i);
  assign activation = ActivationExponentBits == 1 ? '0 : SumBits'(activation_exponent_i);

  // x + y + carry without a carry chain.
  function automatic logic [SumBits-1:0] ripple(input logic [SumBits-1:0] x, input logic [SumBits-1:0] y);
    logic [SumBits-1:0] carry;
    carry = '0;
    for (int i = 1; i < SumBits; i++) carry = (x & y) | ((x ^ y) & (carry << 1));
    ripple = x ^ y ^ (carry << 1);
  endfunction

  if (WeightExponentBits <= 2 && ActivationExponentBits <= 2) begin : gen_gates
    // Fields this short find out themselves whether they are 0.
    logic weight_raise;
    logic activation_raise;
    logic [SumBits-1:0] sum;
    logic unused;
    assign weight_raise = WeightExponentBits > 1 && !(|weight_exponent_i);
    assign activation_raise = ActivationExponentBits > 1 && !(|activation_exponent_i);
    assign sum = ripple(weight | SumBits'(weight_raise), activation | SumBits'(activation_raise));
    assign sum_o = Bias == 0 ? sum : ripple(sum, SumBits'(-Bias));
    assign unused = weight_zero_i ^ activation_zero_i;
  end else begin : gen_chain
    localparam int WeightLonger = WeightExponentBits >= ActivationExponentBits ? 1 : 0;
    localparam int ShortBits = WeightLonger != 0 ? ActivationExponentBits : WeightExponentBits;
    logic [SumBits-1:0] short;
    logic [SumBits-1:0] addend;
    logic short_zero;
    assign short = WeightLonger != 0 ? activation : weight;
    assign short_zero = ShortBits > 1 && (WeightLonger != 0 ? activation_zero_i : weight_zero_i);
    if (Bias == 0) begin : gen_plain
      assign addend = short | SumBits'(short_zero);
    end else begin : gen_biased
      logic unused;
      assign addend = ripple(short | SumBits'(ShortBits > 1 && short == '0), SumBits'(-Bias));
      assign unused = short_zero;
    end
    carry_add #(
        .Bits(SumBits)
    ) u_add (
        .acc_i(WeightLonger != 0 ? weight : activation),
        .addend_i(addend),
        .carry_i(WeightLonger != 0 ? weight_zero_i : activation_zero_i),
        .sum_o(sum_o)
    );
  end
endmodule : minifloat_exponent_chain
