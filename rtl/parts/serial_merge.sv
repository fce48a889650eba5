// serial_merge: sum = sum of the chains' totals + sum over digits d of 4^d * 2^(row bits) * carries - offsets, modulo 2^SumBits.
//
// chain_merge for chains that ran through all digits one after the other: a chain's total is its last digit's sum above the
// two bits that each digit before has finished.
//   Digits 1, RowBits 4, two chains of one lane, Pairs 2: totals {3, 5}, carries 2'b11 -> 3 + 5 + 16 * (2 - 2) = 8
// Ports: chain c in total_i[c*TotalBits +: TotalBits]; lane i of digit d in carry_i[d*Lanes + i].
// Range: as chain_merge; TotalBits = RowBits - ShortLast + 2 * (Digits - 1).  Latency: 0.
// Golden: ng_sum_of_products.  LUTs: about 0.6 a carry, two thirds of one a total bit after the first.
(* keep_hierarchy *)
module serial_merge #(
    parameter int Lanes = 32,
    parameter int Chains = 4,
    parameter int Digits = 4,
    parameter int RowBits = 9,
    parameter int ShortLast = 0,
    parameter int Pairs = 16,
    parameter int SumBits = 21,
    // Derived, do not change.
    localparam int TOTAL_BITS = RowBits - ShortLast + 2 * (Digits - 1)
) (
    input  logic [Chains*TOTAL_BITS-1:0] total_i,
    input  logic [Digits*Lanes-1:0]      carry_i,
    output logic [SumBits-1:0]           sum_o
);
  localparam int FULL = Digits - ShortLast;
  localparam int COUNT_BITS = $clog2(Lanes + 1);
  localparam int WANTED = TOTAL_BITS + $clog2(Chains);
  localparam int WHOLE_BITS = WANTED < SumBits ? WANTED : SumBits;
  // In units of 2^RowBits, as in chain_merge.
  localparam int OFFSETS = Pairs * (((1 << (2 * FULL)) - 1) / 3 + (ShortLast != 0 ? 1 << (2 * Digits - 3) : 0));
  // Digit 0's carries lie above all totals' low parts only if there is one digit; the offsets are an operand of their own.
  localparam int OPERANDS = Digits + 2;

  logic [WHOLE_BITS-1:0] whole;
  logic [OPERANDS*SumBits-1:0] operands;
  operand_sum #(
      .Operands(Chains),
      .Bits(TOTAL_BITS),
      .OutBits(WHOLE_BITS)
  ) u_sum (
      .operand_i(total_i),
      .sum_o(whole)
  );
  assign operands[0+:SumBits] = SumBits'(whole);
  assign operands[SumBits+:SumBits] = SumBits'(-OFFSETS) << RowBits;
  for (genvar d = 0; d < Digits; d++) begin : g_digit
    localparam int BITS = d < FULL ? RowBits : RowBits - 1;
    logic [COUNT_BITS-1:0] count;
    bit_count #(
        .Bits(Lanes),
        .CountBits(COUNT_BITS)
    ) u_count (
        .bit_i(carry_i[d*Lanes+:Lanes]),
        .inverted_i(1'b0),
        .count_o(count)
    );
    assign operands[(d+2)*SumBits+:SumBits] = SumBits'(count) << (2 * d + BITS);
  end

  operand_sum #(
      .Operands(OPERANDS),
      .Bits(SumBits),
      .OutBits(SumBits)
  ) u_total (
      .operand_i(operands),
      .sum_o(sum_o)
  );
  if (ShortLast != 0 && Digits < 2) $error("serial_merge: ShortLast needs two digits");
endmodule : serial_merge
