// unsigned_mac: y <= (first ? 0 : y) + w * a for integers of which one at least is unsigned or has less than 3 bits, two's complement, exact.
//
// Both operands are widened to signed ones of at least 3 bits and given to int_mac: a bit of 0 above an unsigned code, the
// sign above a short one.
//   int4 x uint4: first 1, w -8, a 15 -> -120;  first 0, w 7, a 1 -> -113
// Ports: as in int_mac.  Range: WeightBits, ActivationBits 1..8.  Latency: 2 clock edges, initiation interval 1.  Golden: ng_unsigned_mac.
// LUTs: those of int_mac for the widened operands.
module unsigned_mac #(
    parameter int WeightBits = 4,
    parameter int WeightSigned = 1,
    parameter int ActivationBits = 4,
    parameter int ActivationSigned = 0,
    parameter int SumBits = 21
) (
    input  logic                      clk_i,
    input  logic                      first_i,
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
  int_mac #(
      .WeightBits(W_BITS),
      .ActivationBits(A_BITS),
      .SumBits(INNER)
  ) u_element (
      .clk_i(clk_i),
      .first_i(first_i),
      .w_i(w),
      .a_i(a),
      .y_o(sum)
  );
  assign y_o = sum[SumBits-1:0];
  assign unused_top = ^sum;

  if (WeightBits > 8 || ActivationBits > 8) $error("unsigned_mac: an operand is wider than 8 bits");
endmodule : unsigned_mac
