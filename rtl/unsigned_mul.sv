// unsigned_mul: y = w * a for integers of which one at least is unsigned or has less than 3 bits, two's complement, exact.
//
// Both operands are widened to signed ones of at least 3 bits and given to int_mul: a bit of 0 above an unsigned code, the
// sign above a short one.
//   int4 x uint4: w -8, a 15 -> -120
// Ports: as in int_mul.  Range: WeightBits, ActivationBits 1..8.  Latency: 0.  Golden: ng_unsigned_mul.
// LUTs: those of int_mul for the widened operands.
module unsigned_mul #(
    parameter int WeightBits = 4,
    parameter int WeightSigned = 1,
    parameter int ActivationBits = 4,
    parameter int ActivationSigned = 0,
    parameter int SumBits = 8
) (
    input  logic [WeightBits-1:0] w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0] y_o
);
  localparam int W_BITS = WeightBits + (WeightSigned != 0 ? 0 : 1) < 3 ? 3 : WeightBits + (WeightSigned != 0 ? 0 : 1);
  localparam int A_BITS =
      ActivationBits + (ActivationSigned != 0 ? 0 : 1) < 3 ? 3 : ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int INNER = SumBits < W_BITS + A_BITS ? W_BITS + A_BITS : SumBits;
  logic [W_BITS-1:0] w;
  logic [A_BITS-1:0] a;
  logic [INNER-1:0] sum;
  logic unused_top;

  assign w = WeightSigned != 0 ? W_BITS'($signed(w_i)) : W_BITS'(w_i);
  assign a = ActivationSigned != 0 ? A_BITS'($signed(a_i)) : A_BITS'(a_i);
  int_mul #(
      .WeightBits(W_BITS),
      .ActivationBits(A_BITS),
      .SumBits(INNER)
  ) u_element (
      .w_i(w),
      .a_i(a),
      .y_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = ^sum;

  if (WeightBits > 8 || ActivationBits > 8) $error("unsigned_mul: an operand is wider than 8 bits");
endmodule : unsigned_mul
