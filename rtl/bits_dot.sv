// bits_dot: y = sum over lanes of the products of bits_mul: a count of ones.
//
// Two signs of one bit: twice the number of equal ones, less Lanes. With a sign of two bits: the number of products that are
// +1 and of those that are not -1, less Lanes.
//   WeightBits 1, ActivationBits 1, Lanes 4: w 4'b0011, a 4'b0001 -> 3 equal: 2
// Ports: lane i in w_i[i*WeightBits +: WeightBits] and a_i[i*ActivationBits +: ActivationBits]; y_o the sum.
// Range: bits 1 or 2, Lanes 1..64. ChainLength is not looked at: six ones a row are counted.
// Latency: 0.  Golden: ng_bits_dot.
// LUTs: a lane 1 or 2, multiply, and 0.6 or 1.2, accumulate, and SumBits.
module bits_dot #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 7
) (
    input  logic [Lanes*WeightBits-1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  localparam int BINARY = WeightBits == 1 && ActivationBits == 1 ? 1 : 0;
  localparam int ONES = BINARY != 0 ? Lanes : 2 * Lanes;
  localparam int COUNT_BITS = $clog2(ONES + 1);
  logic [Lanes-1:0] plus, not_minus;
  logic [ONES-1:0] ones;
  logic [COUNT_BITS-1:0] count;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    sign_pair #(
        .WeightBits(WeightBits),
        .ActivationBits(ActivationBits)
    ) u_multiply (
        .w_i(w_i[i*WeightBits+:WeightBits]),
        .a_i(a_i[i*ActivationBits+:ActivationBits]),
        .plus_o(plus[i]),
        .not_minus_o(not_minus[i])
    );
  end
  if (BINARY != 0) begin : g_binary
    logic unused_minus;
    assign ones = plus;
    assign unused_minus = ^not_minus;
  end else begin : g_ternary
    assign ones = {not_minus, plus};
  end
  bit_count #(
      .Bits(ONES),
      .CountBits(COUNT_BITS)
  ) u_accumulate_count (
      .bit_i(ones),
      .inverted_i(1'b0),
      .count_o(count)
  );
  count_center #(
      .CountBits(COUNT_BITS + BINARY),
      .Offset(Lanes),
      .SumBits(SumBits)
  ) u_accumulate_center (
      .count_i((COUNT_BITS+BINARY)'({count, 1'b0} >> (1 - BINARY))),
      .sum_o(y_o)
  );

  if (Lanes < 1 || Lanes > 64) $error("bits_dot: Lanes is not 1..64");
  if (ChainLength < 1 || ChainLength > 64) $error("bits_dot: ChainLength is not 1..64");
endmodule : bits_dot
