// bits_mul: y = w * a for two signs of one bit (0 is +1, 1 is -1) or of two (0, +1, 0, -1), two's complement.
//
//   WeightBits 1, ActivationBits 2: w 1, a 2'b11 -> 1;  w 1, a 2'b01 -> -1;  a 2'b10 -> 0
// Ports: w_i, a_i the codes; y_o -1, 0 or 1.  Range: bits 1 or 2.  Latency: 0.  Golden: ng_bits_mul.
// LUTs: 2, multiply.
module bits_mul #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int SumBits = 2
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  logic negative, any;
  sign_value #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits)
  ) u_multiply (
      .w_i(w_i),
      .a_i(a_i),
      .value_o({negative, any})
  );
  assign y_o = {{(SumBits-1){negative}}, any};
endmodule : bits_mul
