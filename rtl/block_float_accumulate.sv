// block_float_accumulate: y <= fp((first ? 0 : y) + sum * 2^scale), one rounding to nearest even a block.
//
//   term_i = {flag, scale, sum}, the result of a block's dot product: sum in two's complement, scale the sum of both 8-bit
//   scale codes; with ScaleProduct {shift, product}, sum * product * 2^shift. y = {flag, sign, exponent, mantissa}, IEEE 754; beyond the largest finite number infinite, for good; the
//   flag is kept until the next first.
//
// Worked rows, output 8 + 23 bits, TermPlace 407 (sum in units of 1, biases 127 + 127), one a clock:
//   first_i = 1, scale 254, sum 5  ->  two edges later 32'h40A00000 (5)
//   first_i = 0, scale 253, sum -1 ->  two edges later 32'h40900000 (4.5)
//
// Latency: 2 cycles (input register, state register).  Initiation interval: 1.  No reset: the first step clears.
// Range: SumBits 3..55; FlagBits 0..1; ScaleProduct 0..1 (UE4M3); OutputExponentBits 2..8, OutputMantissaBits 1..23; TermPlace = 512 + exponent of the sum's
// bit 0 under scale codes of 0, less that of the output's smallest subnormal.
// Costs: u_multiply* the product with the scales' significands, u_align* magnitude, exponents and the shift, u_accumulate* addition and rounding.
// Golden: ng_block_float_accumulate (model/block_float_accumulate.c).
module block_float_accumulate #(
    parameter int OutputExponentBits = 8,
    parameter int OutputMantissaBits = 23,
    parameter int TermPlace = 407,
    parameter int FlagBits = 0,
    parameter int ScaleProduct = 0,
    parameter int SumBits = 14,
    localparam int ProductBits = ScaleProduct != 0 ? 8 : 0,
    localparam int FieldBits = ScaleProduct != 0 ? 5 : 9,
    localparam int ScaleBits = ProductBits + FieldBits,
    localparam int TermWidth = SumBits + ScaleBits + FlagBits,
    localparam int StateBits = 1 + OutputExponentBits + OutputMantissaBits,
    localparam int ResultBits = StateBits + FlagBits
) (
    input  logic                  clk_i,
    input  logic                  first_i,
    input  logic [ TermWidth-1:0] term_i,
    output logic [ResultBits-1:0] y_o
);
  localparam int BlockBits = SumBits + ProductBits;
  localparam int Offset = TermPlace - 512 + BlockBits - OutputMantissaBits;
  localparam int Largest = (Offset < 0 ? -Offset : Offset) + (1 << FieldBits) - 1;
  localparam int LargestBits = $clog2(Largest + 1);
  localparam int PlaceBits = 2 + (LargestBits > OutputExponentBits ? LargestBits : OutputExponentBits);
  if (SumBits < 3 || SumBits > 55) $error("block_float_accumulate: SumBits must be 3..55");
  if (ScaleProduct < 0 || ScaleProduct > 1) $error("block_float_accumulate: ScaleProduct must be 0 or 1");
  if (OutputExponentBits < 2 || OutputExponentBits > 8 || OutputMantissaBits < 1 || OutputMantissaBits > 23)
    $error("block_float_accumulate: the output needs 2..8 exponent and 1..23 mantissa bits");
  if (FlagBits < 0 || FlagBits > 1) $error("block_float_accumulate: FlagBits must be 0 or 1");

  logic [TermWidth-1:0] term_q;
  logic first_q;
  logic [StateBits-1:0] state_d;
  logic [BlockBits-1:0] block;
  logic [BlockBits-1:0] magnitude;
  logic present;
  logic [PlaceBits-1:0] place;

  always_ff @(posedge clk_i) begin
    term_q <= term_i;
    first_q <= first_i;
    y_o[StateBits-1:0] <= state_d;
  end

  if (ScaleProduct != 0) begin : gen_product
    wide_product #(
        .SumBits(SumBits),
        .MultiplierBits(ProductBits)
    ) u_multiply (
        .sum_i(term_q[SumBits-1:0]),
        .multiplier_i(term_q[SumBits+:ProductBits]),
        .product_o(block)
    );
  end else begin : gen_sum
    assign block = term_q[SumBits-1:0];
  end
  sum_magnitude #(
      .Bits(BlockBits)
  ) u_align_magnitude (
      .sum_i(block),
      .magnitude_o(magnitude),
      .present_o(present)
  );
  offset_place #(
      .FieldBits(FieldBits),
      .PlaceBits(PlaceBits),
      .Offset(Offset)
  ) u_align_place (
      .field_i(term_q[SumBits+ProductBits+:FieldBits]),
      .place_o(place)
  );
  float_add #(
      .ExponentBits(OutputExponentBits),
      .MantissaBits(OutputMantissaBits),
      .TermBits(BlockBits),
      .PlaceBits(PlaceBits),
      .Subnormals(1),
      .Ends(1)
  ) u_add (
      .first_i(first_q),
      .state_i(y_o[StateBits-1:0]),
      .negative_i(block[BlockBits-1]),
      .magnitude_i(magnitude),
      .present_i(present),
      .place_i(place),
      .state_o(state_d)
  );

  if (FlagBits != 0) begin : gen_flag
    logic flag_d;
    always_ff @(posedge clk_i) y_o[StateBits] <= flag_d;
    flag_join u_accumulate_flag (
        .first_i(first_q),
        .previous_i(y_o[StateBits]),
        .weight_i(term_q[TermWidth-1]),
        .activation_i(1'b0),
        .flag_o(flag_d)
    );
  end
endmodule : block_float_accumulate
