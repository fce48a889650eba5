// aligned_row: sum_o = sum_i + 2^Bits +- magnitude, magnitude = none_i ? 0 : half_i ? data_i >> Step : data_i.
//
// The last stage of a right shift, the sign and the adder in one LUT a bit: {data_i twice, half_i, none_i, negative_i} and
// the running sum. The offset 2^Bits keeps all sums positive, so that no row needs a sign extension.
//   Bits 4, Step 2, sum 0: data 12, half 1, negative 0 -> 16 + 3;  half 0, negative 1 -> 16 - 12
//
// Latency: 0 (combinational).  Range: SumBits > Bits holds the sum.
// LUTs expected: Bits + 1, and a route-through for each sum bit above.
(* keep_hierarchy *)
module aligned_row #(
    parameter int Bits = 24,
    parameter int Step = 16,
    parameter int SumBits = 26
) (
    input  logic [   Bits-1:0] data_i,
    input  logic               half_i,
    input  logic               none_i,
    input  logic               negative_i,
    input  logic               carry_i,
    input  logic [SumBits-1:0] sum_i,
    output logic [SumBits-1:0] sum_o
);
  if (SumBits <= Bits) $error("aligned_row: SumBits must be more than Bits");

  logic [Bits-1:0] kept;
  assign kept = {Bits{~none_i}} & (half_i ? data_i >> Step : data_i);
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(sum_i),
      .addend_i(SumBits'({~negative_i, kept ^ {Bits{negative_i}}})),
      .carry_i(carry_i),
      .sum_o(sum_o)
  );
endmodule : aligned_row
