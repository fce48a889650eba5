// threshold_convert: y = code of the level, level = number of thresholds <= sum: affine, activation and quantiser in one.
//
//   thresholds_i holds Thresholds numbers of SumBits bits in two's complement, threshold i at [i*SumBits +: SumBits]: an
//   operand, as every output channel has its own.
//
// Worked rows, OutputBits 2, thresholds {-2, 1, 6}:  sum 0 -> level 1, code 2'b11 (-1);  sum 6 -> level 3, code 2'b01
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: SumBits 2..64, OutputBits 2..8; Thresholds 2^OutputBits - 1 for two's complement codes, one less for SignMagnitude,
// whose zero has one level. The thresholds may come in any order.
// Costs: u_convert* (everything): one comparator a threshold, half a site a bit, and the count.
// Golden: ng_threshold_convert (model/threshold_convert.c).
module threshold_convert #(
    parameter int OutputBits = 4,
    parameter int SignMagnitude = 0,
    parameter int SumBits = 24,
    localparam int Thresholds = (1 << OutputBits) - 1 - SignMagnitude
) (
    input  logic [           SumBits-1:0] sum_i,
    input  logic [Thresholds*SumBits-1:0] thresholds_i,
    output logic [        OutputBits-1:0] y_o
);
  if (SumBits < 2 || SumBits > 64) $error("threshold_convert: SumBits must be 2..64");
  if (OutputBits < 2 || OutputBits > 8) $error("threshold_convert: OutputBits must be 2..8");
  if (SignMagnitude < 0 || SignMagnitude > 1) $error("threshold_convert: SignMagnitude must be 0 or 1");

  logic [Thresholds-1:0] reached;
  logic [OutputBits-1:0] level;
  for (genvar i = 0; i < Thresholds; i++) begin : gen_threshold
    threshold_compare #(
        .Bits(SumBits)
    ) u_convert_compare (
        .sum_i(sum_i),
        .threshold_i(thresholds_i[i*SumBits+:SumBits]),
        .reached_o(reached[i])
    );
  end
  ones_count #(
      .Bits(Thresholds),
      .CountBits(OutputBits)
  ) u_convert_count (
      .bits_i(reached),
      .count_o(level)
  );
  level_code #(
      .CodeBits(OutputBits),
      .SignMagnitude(SignMagnitude)
  ) u_convert_code (
      .level_i(level),
      .code_o(y_o)
  );
endmodule : threshold_convert
