// sign_value: value_o = {w * a is -1, w * a is not 0}, the product in two bits of two's complement; signs as in sign_pair.
//
//   WeightBits 2, ActivationBits 2: w 2'b11, a 2'b01 -> 2'b11;  w 2'b11, a 2'b11 -> 2'b01
// Latency: 0.  LUTs: 2, in one site.  Golden: ng_operand_value.
(* keep_hierarchy *)
module sign_value #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 2
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [1:0]                value_o
);
  logic any;
  assign any = (WeightBits == 1 || w_i[0]) && (ActivationBits == 1 || a_i[0]);
  assign value_o = {any & (w_i[WeightBits-1] ^ a_i[ActivationBits-1]), any};
endmodule : sign_value
