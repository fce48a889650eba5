// chain_merge: sum = sum over digits d of 4^d * (chain sums + 2^(row bits) * carries) - offsets, modulo 2^SumBits.
//
// Closes a dot product made of booth_rows or shift_chain: adds each digit's chain sums, counts its carries, adds all
// these, and takes back the rows' offsets, which the chains' starts have rounded up to Pairs whole carries a digit.
// With ShortLast the last digit's rows are one bit shorter than RowBits.
//   Digits 1, RowBits 4, two chains of one lane, Pairs 2: sums {3, 5}, carries 2'b11 -> 3 + 5 + 16 * (2 - 2) = 8
// Ports: chain c of digit d in sum_i[(d*Chains + c)*RowBits +: RowBits]; lane i of digit d in carry_i[d*Lanes + i].
// Range: Digits above ShortLast; SumBits above the last digit's lowest carry column.  Latency: 0.
// Golden: ng_sum_of_products.  LUTs: about half of one a carry, two thirds of one a chain sum bit after the first.
(* keep_hierarchy *)
module chain_merge #(
    parameter int Lanes = 32,
    parameter int Chains = 4,
    parameter int Digits = 4,
    parameter int RowBits = 9,
    parameter int ShortLast = 0,
    parameter int Pairs = 16,
    parameter int SumBits = 21
) (
    input  logic [Digits*Chains*RowBits-1:0] sum_i,
    input  logic [Digits*Lanes-1:0]          carry_i,
    output logic [SumBits-1:0]               sum_o
);
  localparam int FULL = Digits - ShortLast;
  localparam int COUNT_BITS = $clog2(Lanes + 1);
  // The offsets in units of 2^RowBits. Where they lie above the first digit's sum they are constants of its upper bits,
  // otherwise an operand of their own.
  localparam int OFFSETS = Pairs * (((1 << (2 * FULL)) - 1) / 3 + (ShortLast != 0 ? 1 << (2 * Digits - 3) : 0));
  localparam int ABOVE = OFFSETS % (1 << $clog2(Chains)) == 0 ? 1 : 0;
  localparam int OPERANDS = 2 * Digits + 1 - ABOVE;

  logic [SumBits-1:0] correction;
  logic [OPERANDS*SumBits-1:0] operands;
  assign correction = SumBits'(-OFFSETS) << RowBits;

  for (genvar d = 0; d < Digits; d++) begin : g_digit
    localparam int BITS = d < FULL ? RowBits : RowBits - 1;
    localparam int WANTED = BITS + $clog2(Chains);
    localparam int TOTAL_BITS = WANTED < SumBits ? WANTED : SumBits;
    logic [Chains*BITS-1:0] sums;
    logic [TOTAL_BITS-1:0] total;
    logic [COUNT_BITS-1:0] count;
    for (genvar c = 0; c < Chains; c++) begin : g_chain
      assign sums[c*BITS+:BITS] = sum_i[(d*Chains+c)*RowBits+:BITS];
      if (BITS < RowBits) begin : g_short
        logic unused_top;
        assign unused_top = sum_i[(d*Chains+c)*RowBits+BITS];
      end
    end
    operand_sum #(
        .Operands(Chains),
        .Bits(BITS),
        .OutBits(TOTAL_BITS)
    ) u_sum (
        .operand_i(sums),
        .sum_o(total)
    );
    bit_count #(
        .Bits(Lanes),
        .CountBits(COUNT_BITS)
    ) u_count (
        .bit_i(carry_i[d*Lanes+:Lanes]),
        .inverted_i(1'b0),
        .count_o(count)
    );
    if (d == 0 && ABOVE != 0) begin : g_offsets
      assign operands[0+:SumBits] = SumBits'(total) | correction;
    end else begin : g_plain
      assign operands[d*SumBits+:SumBits] = SumBits'(total) << (2 * d);
    end
    assign operands[(Digits+d)*SumBits+:SumBits] = SumBits'(count) << (2 * d + BITS);
  end
  if (ABOVE == 0) begin : g_correction
    assign operands[2*Digits*SumBits+:SumBits] = correction;
  end

  operand_sum #(
      .Operands(OPERANDS),
      .Bits(SumBits),
      .OutBits(SumBits)
  ) u_total (
      .operand_i(operands),
      .sum_o(sum_o)
  );

  if (ShortLast != 0 && Digits < 2) $error("chain_merge: ShortLast needs two digits");
endmodule : chain_merge
