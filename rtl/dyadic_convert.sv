// dyadic_convert: y = round_to_nearest_even(sum * multiplier * 2^-shift), saturated to an OutputBits integer.
//
//   A layer's scale is multiplier * 2^-shift (HAWQ-V3): both are operands, as each output channel has its own.
//   scale_i = {shift, multiplier}.
//
// Worked rows, MultiplierBits 4, OutputBits 4:  sum 5, multiplier 3, shift 1 -> 7 (7.5, to even 8, saturated);
//   sum -5, multiplier 3, shift 2 -> -4 (-3.75)
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: SumBits 3..64, MultiplierBits 2..32, OutputBits 2..8; any shift.
// Costs: u_convert* (everything): Booth rows, a barrel shift with rounding and saturation.
// Golden: ng_dyadic_convert (model/dyadic_convert.c).
module dyadic_convert #(
    parameter int OutputBits = 8,
    parameter int MultiplierBits = 16,
    parameter int SumBits = 28,
    localparam int ProductBits = SumBits + MultiplierBits,
    localparam int ShiftBits = $clog2(ProductBits)
) (
    input  logic [                 SumBits-1:0] sum_i,
    input  logic [ShiftBits+MultiplierBits-1:0] scale_i,
    output logic [              OutputBits-1:0] y_o
);
  if (SumBits < 3 || SumBits > 64) $error("dyadic_convert: SumBits must be 3..64");
  if (MultiplierBits < 2 || MultiplierBits > 32) $error("dyadic_convert: MultiplierBits must be 2..32");
  if (OutputBits < 2 || OutputBits > 8) $error("dyadic_convert: OutputBits must be 2..8");

  logic [ProductBits-1:0] product;
  wide_product #(
      .SumBits(SumBits),
      .MultiplierBits(MultiplierBits)
  ) u_convert_product (
      .sum_i(sum_i),
      .multiplier_i(scale_i[MultiplierBits-1:0]),
      .product_o(product)
  );
  round_shift #(
      .SumBits(ProductBits),
      .OutputBits(OutputBits)
  ) u_convert (
      .sum_i(product),
      .shift_i(scale_i[MultiplierBits+:ShiftBits]),
      .y_o(y_o)
  );
endmodule : dyadic_convert
