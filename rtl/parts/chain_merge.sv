// chain_merge: sum = sum over digits of 4^d * (chain sums + 2^RowBits * carries) - offsets, modulo 2^SumBits.
//
// Closes a dot product made of booth_chain or shift_chain: adds each digit's chain sums, counts the carries of all
// digits, and takes back the rows' offsets, which the chains' starts have rounded up to Pairs whole carries a digit.
// With ShortLast the last digit's rows are one bit shorter than RowBits and its carries are counted by themselves.
//   Digits 1, RowBits 4, two chains of one lane, Pairs 2: sums {3, 5}, carries 2'b11 -> 3 + 5 + 16 * (2 - 2) = 8
// Ports: chain c of digit d in sum_i[(d*Chains + c)*RowBits +: RowBits]; lane i of digit d in carry_i[d*Lanes + i].
// Range: SumBits above RowBits, and above the last digit's lowest carry column.  Latency: 0.
// Golden: ng_sum_of_products.  LUTs: two thirds of one a carry and a chain sum bit.
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
  localparam int OPERANDS = Digits + (FULL > 0 ? 1 : 0) + ShortLast;

  logic [OPERANDS*SumBits-1:0] operands;

  for (genvar d = 0; d < Digits; d++) begin : g_digit
    localparam int BITS = d < FULL ? RowBits : RowBits - 1;
    localparam int WANTED = BITS + $clog2(Chains);
    localparam int TOTAL_BITS = WANTED < SumBits ? WANTED : SumBits;
    logic [Chains*BITS-1:0] sums;
    logic [TOTAL_BITS-1:0] total;
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
    ) u_digit (
        .operand_i(sums),
        .sum_o(total)
    );
    assign operands[d*SumBits+:SumBits] = SumBits'(total) << (2 * d);
  end

  if (FULL > 0) begin : g_full
    localparam int COUNT_BITS = SumBits - RowBits;
    logic [Lanes*FULL-1:0] carries;
    logic [COUNT_BITS-1:0] count;
    for (genvar i = 0; i < Lanes; i++) begin : g_lane
      for (genvar d = 0; d < FULL; d++) begin : g_digit
        assign carries[i*FULL+d] = carry_i[d*Lanes+i];
      end
    end
    digit_count #(
        .Lanes(Lanes),
        .Digits(FULL),
        .Start(-Pairs * (((1 << (2 * FULL)) - 1) / 3)),
        .OutBits(COUNT_BITS)
    ) u_count (
        .bit_i(carries),
        .sum_o(count)
    );
    assign operands[Digits*SumBits+:SumBits] = SumBits'(count) << RowBits;
  end
  if (ShortLast != 0) begin : g_short
    localparam int SHIFT = 2 * (Digits - 1) + RowBits - 1;
    logic [SumBits-SHIFT-1:0] count;
    digit_count #(
        .Lanes(Lanes),
        .Digits(1),
        .Start(-Pairs),
        .OutBits(SumBits - SHIFT)
    ) u_count (
        .bit_i(carry_i[(Digits-1)*Lanes+:Lanes]),
        .sum_o(count)
    );
    assign operands[(OPERANDS-1)*SumBits+:SumBits] = SumBits'(count) << SHIFT;
  end

  operand_sum #(
      .Operands(OPERANDS),
      .Bits(SumBits),
      .OutBits(SumBits)
  ) u_total (
      .operand_i(operands),
      .sum_o(sum_o)
  );
endmodule : chain_merge
