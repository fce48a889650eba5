// shift_mul: y = +-(a << t) for the weight {sign, t}; with WeightHasZero 0 for t = 0 and +-(a << (t - 1)) above. Exact.
//
// The low bits of t shift by 4:1 choices; its top bit, the sign and the zero make the row of one carry chain. A shift
// is this family's multiplication, so all of it counts as multiply.
//   WeightBits 4, no zero: w 4'b1010, a 3 -> -12;  with zero: w 4'b1010, a 3 -> -6, w 4'b1000 -> 0
// Ports: w_i, a_i the codes; y_o the product.
// Range: WeightBits 2..6, ActivationBits 2..8, SumBits at least the product's width (below).
// Latency: 0.  Golden: ng_shift_mul.  LUTs: the shift's and one a bit of the product but the top.
module shift_mul #(
    parameter int WeightBits = 4,
    parameter int WeightHasZero = 0,
    parameter int ActivationBits = 8,
    parameter int SumBits = 16
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  localparam int SHIFTED_BITS = ActivationBits + (1 << (WeightBits - 2)) - 1;
  localparam int ROW_BITS = ActivationBits + (1 << (WeightBits - 1)) - 1 - WeightHasZero;
  logic [SHIFTED_BITS-1:0] shifted;
  logic high, low_any, negative;
  logic [ROW_BITS:0] product;

  shift_field #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits)
  ) u_multiply_shift (
      .w_i(w_i),
      .a_i(a_i),
      .shifted_o(shifted),
      .high_o(high),
      .low_any_o(low_any),
      .negative_o(negative)
  );
  // 2^(RowBits-1) from the row, the same as acc and 2^RowBits as Offset come to 2^(RowBits+1), 0 in the product.
  shift_row #(
      .Bits(SHIFTED_BITS),
      .HighShift(1 << (WeightBits - 2)),
      .EnableAlways(1 - WeightHasZero),
      .Drop(WeightHasZero),
      .RowBits(ROW_BITS),
      .Offset(1),
      .OutBits(ROW_BITS + 1)
  ) u_multiply_row (
      .acc_i({1'b1, {(ROW_BITS-1){1'b0}}}),
      .a_i(shifted),
      .high_i(high),
      .low_any_i(low_any),
      .negative_i(negative),
      .sum_o(product)
  );
  assign y_o = SumBits'($signed(product));

  if (SumBits < ROW_BITS + 1) $error("shift_mul: SumBits is less than the product's");
endmodule : shift_mul
