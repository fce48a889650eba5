// mixed_exponent: sum_o = exponent of the weight + exponent of the activation, as mixed_operand names them.
//
//   both of form 0 and 4 bits: 0, 5 -> 1 + 5 = 6;  weight of form 1 and 3 bits, activation of form 0 and 4: 6, 0 -> 7
//
// Latency: 0 (combinational).  Range: SumBits holds the largest sum.
// LUTs expected: 1 to 2 a bit: gates, no carry chain.
(* keep_hierarchy *)
module mixed_exponent #(
    parameter int WeightFloat = 1,
    parameter int WeightBits = 4,
    parameter int ActivationFloat = 1,
    parameter int ActivationBits = 4,
    parameter int SumBits = 5
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic                      weight_hidden_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic                      activation_hidden_i,
    output logic [       SumBits-1:0] sum_o
);
  logic weight_zero;
  logic activation_zero;
  logic [SumBits-1:0] weight;
  logic [SumBits-1:0] activation;
  logic unused;

  // A short field finds out itself whether it is 0: the sum then needs no second level.
  if (WeightBits <= 3) begin : gen_weight_short
    assign weight_zero = ~(|weight_i);
  end else begin : gen_weight_long
    assign weight_zero = ~weight_hidden_i;
  end
  if (ActivationBits <= 3) begin : gen_activation_short
    assign activation_zero = ~(|activation_i);
  end else begin : gen_activation_long
    assign activation_zero = ~activation_hidden_i;
  end
  assign weight = WeightFloat != 0 && WeightBits == 1 ? '0
                  : SumBits'(weight_i) | SumBits'(WeightFloat != 0 && weight_zero);
  assign activation = ActivationFloat != 0 && ActivationBits == 1 ? '0
                      : SumBits'(activation_i) | SumBits'(ActivationFloat != 0 && activation_zero);
  assign unused = weight_hidden_i ^ activation_hidden_i;

  function automatic logic [SumBits-1:0] ripple(input logic [SumBits-1:0] x, input logic [SumBits-1:0] y);
    logic [SumBits-1:0] carry;
    carry = '0;
    for (int i = 1; i < SumBits; i++) carry = (x & y) | ((x ^ y) & (carry << 1));
    ripple = x ^ y ^ (carry << 1);
  endfunction

  assign sum_o = ripple(weight, activation);
endmodule : mixed_exponent
