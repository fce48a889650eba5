// booth_row: sum = acc + digit * multiplicand + 2^(RowBits-1) + Offset * 2^RowBits, one radix-4 Booth row,
// modulo 2^OutBits.
//
// digit = -2 * digit_i[2] + digit_i[1] + digit_i[0], in -2..2. The row enters as its one's complement when negative,
// with the carry making it the two's, and with its top bit inverted, which adds the 2^(RowBits-1) and keeps every sum
// unsigned. With Offset the extra one is a constant of the carry chain and costs nothing.
//   RowBits 5, multiplicand 3, digit 3'b011 (2), acc 1, Offset 0 -> 1 + 6 + 16 = 23
//   RowBits 5, multiplicand -8, digit 3'b100 (-2), acc 31        -> 31 + 16 + 16 = 63, the largest without Offset
// Range: RowBits = MultiplicandBits + 1 for any digit, or MultiplicandBits for digits -1..1; acc any;
// OutBits RowBits + 1 holds every sum without Offset, RowBits + 2 with it.
// Latency: 0.  Golden: the product of ng_sum_of_products.  LUTs: RowBits.
(* keep_hierarchy *)
module booth_row #(
    parameter int MultiplicandBits = 8,
    parameter int RowBits = 9,
    parameter int Offset = 0,
    parameter int OutBits = 10
) (
    input  logic [RowBits-1:0]          acc_i,
    input  logic [MultiplicandBits-1:0] multiplicand_i,
    input  logic [2:0]                  digit_i,
    output logic [OutBits-1:0]         sum_o
);
  // The multiplicand extended by its sign above and a zero below.
  logic [RowBits:0] extended;
  logic [RowBits-1:0] row;
  logic one, two, negative;

  assign extended = (RowBits+1)'($signed({multiplicand_i, 1'b0}));
  assign one = digit_i[1] ^ digit_i[0];
  assign two = (digit_i[2] & ~digit_i[1] & ~digit_i[0]) | (~digit_i[2] & digit_i[1] & digit_i[0]);
  assign negative = digit_i[2];

  // Written on whole words, not bit by bit: the same LUTs, a fraction of the simulation.
  assign row = ({RowBits{one}} & extended[RowBits:1]) ^ ({RowBits{two}} & extended[RowBits-1:0]) ^ {RowBits{negative}} ^
               (RowBits'(1) << (RowBits - 1));

  carry_add #(
      .Bits(OutBits)
  ) u_add (
      .acc_i   (OutBits'({Offset != 0, acc_i})),
      .addend_i(OutBits'(row)),
      .carry_i (negative),
      .sum_o   (sum_o)
  );

  if (RowBits != MultiplicandBits && RowBits != MultiplicandBits + 1) $error("booth_row: RowBits is not the row's width");
  if (Offset != 0 && Offset != 1) $error("booth_row: Offset is not 0 or 1");
endmodule : booth_row
