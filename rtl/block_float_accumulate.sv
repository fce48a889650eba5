// block_float_accumulate: y <= fp((first ? 0 : y) + sum * 2^scale), one rounding to nearest even a block.
//
//   term_i = {flag, scale, sum}, the result of a block's dot product: sum in two's complement, scale the sum of both 8-bit
//   scale codes. y = {flag, sign, exponent, mantissa}, IEEE 754; beyond the largest finite number infinite, for good; the
//   flag is kept until the next first.
//
// Worked rows, output 8 + 23 bits, TermPlace 407 (sum in units of 1, biases 127 + 127), one a clock:
//   first_i = 1, scale 254, sum 5  ->  two edges later 32'h40A00000 (5)
//   first_i = 0, scale 253, sum -1 ->  two edges later 32'h40900000 (4.5)
//
// Latency: 2 cycles (input register, state register).  Initiation interval: 1.  No reset: the first step clears.
// Range: SumBits 3..63; FlagBits 0..1; OutputExponentBits 2..8, OutputMantissaBits 1..23; TermPlace = 512 + exponent of the sum's
// bit 0 under scale codes of 0, less that of the output's smallest subnormal.
// Costs: u_align* magnitude, exponents and the shift, u_accumulate* addition and rounding.
// Golden: ng_block_float_accumulate (model/block_float_accumulate.c).
module block_float_accumulate #(
    parameter int OutputExponentBits = 8,
    parameter int OutputMantissaBits = 23,
    parameter int TermPlace = 407,
    parameter int FlagBits = 0,
    parameter int SumBits = 14,
    localparam int ScaleBits = 9,
    localparam int TermWidth = SumBits + ScaleBits + FlagBits,
    localparam int StateBits = 1 + OutputExponentBits + OutputMantissaBits,
    localparam int ResultBits = StateBits + FlagBits
) (
    input  logic                  clk_i,
    input  logic                  first_i,
    input  logic [ TermWidth-1:0] term_i,
    output logic [ResultBits-1:0] y_o
);
  localparam int Offset = TermPlace - 512 + SumBits - OutputMantissaBits;
  localparam int Largest = (Offset < 0 ? -Offset : Offset) + (1 << ScaleBits) - 1;
  localparam int LargestBits = $clog2(Largest + 1);
  localparam int PlaceBits = 2 + (LargestBits > OutputExponentBits ? LargestBits : OutputExponentBits);
  if (SumBits < 3 || SumBits > 63) $error("block_float_accumulate: SumBits must be 3..63");
  if (OutputExponentBits < 2 || OutputExponentBits > 8 || OutputMantissaBits < 1 || OutputMantissaBits > 23)
    $error("block_float_accumulate: the output needs 2..8 exponent and 1..23 mantissa bits");
  if (FlagBits < 0 || FlagBits > 1) $error("block_float_accumulate: FlagBits must be 0 or 1");

  logic [TermWidth-1:0] term_q;
  logic first_q;
  logic [StateBits-1:0] state_d;
  logic [SumBits-1:0] magnitude;
  logic present;
  logic [PlaceBits-1:0] place;

  always_ff @(posedge clk_i) begin
    term_q <= term_i;
    first_q <= first_i;
    y_o[StateBits-1:0] <= state_d;
  end

  sum_magnitude #(
      .Bits(SumBits)
  ) u_align_magnitude (
      .sum_i(term_q[SumBits-1:0]),
      .magnitude_o(magnitude),
      .present_o(present)
  );
  offset_place #(
      .FieldBits(ScaleBits),
      .PlaceBits(PlaceBits),
      .Offset(Offset)
  ) u_align_place (
      .field_i(term_q[SumBits+:ScaleBits]),
      .place_o(place)
  );
  float_add #(
      .ExponentBits(OutputExponentBits),
      .MantissaBits(OutputMantissaBits),
      .TermBits(SumBits),
      .PlaceBits(PlaceBits),
      .Subnormals(1),
      .Ends(1)
  ) u_add (
      .first_i(first_q),
      .state_i(y_o[StateBits-1:0]),
      .negative_i(term_q[SumBits-1]),
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
