// sign_mul: y = w * a for a weight that is +1, -1 or 0, or such a sign and a shift, two's complement, exact.
//
//   WeightForm 2, 2 bits: w 2'b11, a 5 -> -5;  w 2'b10, a 5 -> 0;  WeightForm 1, 1 bit: w 1, a -128 -> 128
// Forms: see rtl/parts/sign_weight.sv. The sign, the zero and the top of the shift make the row of one carry chain.
// Ports: w_i, a_i the codes; y_o the product.
// Range: WeightBits 1..6, ActivationBits 1..8, SumBits at least the row's width.  Latency: 0.  Golden: ng_sign_mul.
// LUTs: the shift's and one a bit of the product but the top: all multiply.
module sign_mul #(
    parameter int WeightForm = 2,
    parameter int WeightBits = 2,
    parameter int ActivationBits = 8,
    parameter int ActivationSigned = 1,
    parameter int SumBits = 9
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  // An unsigned activation is a signed one of one bit more; a 1-bit one has a row of at least 2.
  localparam int BITS = ActivationBits + (ActivationSigned != 0 ? 0 : 1);
  localparam int SHIFT_BITS = WeightBits - (WeightForm == 2 ? 2 : 1);
  localparam int HIGH_SHIFT = SHIFT_BITS > 0 ? 1 << (SHIFT_BITS - 1) : 0;
  localparam int SHIFTED_BITS = BITS + (HIGH_SHIFT > 1 ? HIGH_SHIFT - 1 : 0);
  localparam int DROP = WeightForm == 0 ? 1 : 0;
  localparam int ENABLE_ALWAYS = WeightForm == 1 ? 1 : 0;
  localparam int ROW_BITS = SHIFTED_BITS + HIGH_SHIFT - DROP;
  logic [SHIFTED_BITS-1:0] shifted;
  logic high, low_any, negative;
  logic [ROW_BITS:0] product;

  sign_weight #(
      .Form(WeightForm),
      .WeightBits(WeightBits),
      .Bits(BITS),
      .OutBits(SHIFTED_BITS)
  ) u_multiply_weight (
      .w_i(w_i),
      .a_i(ActivationSigned != 0 ? BITS'($signed(a_i)) : BITS'(a_i)),
      .shifted_o(shifted),
      .high_o(high),
      .low_any_o(low_any),
      .negative_o(negative)
  );
  // Offsets as in shift_mul: they come to 2^(RowBits+1), 0 in the product.
  shift_row #(
      .Bits(SHIFTED_BITS),
      .HighShift(HIGH_SHIFT),
      .EnableAlways(ENABLE_ALWAYS),
      .Drop(DROP),
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

  if (SumBits < ROW_BITS) $error("sign_mul: SumBits is less than the product's");
endmodule : sign_mul
