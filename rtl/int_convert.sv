// int_convert: y = round_to_nearest_even(sum * 2^-shift), saturated to an OutputBits integer.
//
//   int4: sum 23, shift 1 -> 7;  sum -5, shift 1 -> -2;  sum 5, shift 1 -> 2
// Ports: sum_i two's complement; shift_i unsigned, bits enough for SumBits - 1, any value; y_o the code.
// Range: SumBits 3..64, OutputBits 2..8.  Latency: 0.  Golden: ng_int_convert.
// LUTs: about 2 * SumBits, all of them convert.
module int_convert #(
    parameter int OutputBits = 8,
    parameter int SumBits = 28,
    // Derived, do not change.
    localparam int SHIFT_BITS = $clog2(SumBits)
) (
    input  logic [SumBits-1:0]    sum_i,
    input  logic [SHIFT_BITS-1:0] shift_i,
    output logic [OutputBits-1:0] y_o
);
  round_shift #(
      .SumBits(SumBits),
      .OutputBits(OutputBits)
  ) u_convert (
      .sum_i(sum_i),
      .shift_i(shift_i),
      .y_o(y_o)
  );
endmodule : int_convert
