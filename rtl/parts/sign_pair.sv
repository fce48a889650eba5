// sign_pair: plus_o = 1 if w * a is +1, not_minus_o = 0 if it is -1, for signs of one bit (0 is +1, 1 is -1) or of two
// (0, +1, 0, -1).
//
//   WeightBits 1, ActivationBits 2: w 1, a 2'b11 -> plus 1, not_minus 1;  w 0, a 2'b10 -> plus 0, not_minus 1
// Latency: 0.  LUTs: 2 of at most 4 inputs, in one site; 1 where both have one bit.  Golden: ng_operand_value.
(* keep_hierarchy *)
module sign_pair #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 2
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic                      plus_o,
    output logic                      not_minus_o
);
  logic any, negative;
  assign any = (WeightBits == 1 || w_i[0]) && (ActivationBits == 1 || a_i[0]);
  assign negative = w_i[WeightBits-1] ^ a_i[ActivationBits-1];
  assign plus_o = any & ~negative;
  assign not_minus_o = ~(any & negative);

  if (WeightBits < 1 || WeightBits > 2 || ActivationBits < 1 || ActivationBits > 2) $error("sign_pair: a sign has 1 or 2 bits");
endmodule : sign_pair
