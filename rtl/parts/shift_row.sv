// shift_row: sum = acc + product + 2^(RowBits-1) + Offset * 2^RowBits, modulo 2^OutBits, one shifted row.
//
// The product is that of shift_bits. Its top bit enters inverted, which adds the 2^(RowBits-1) and keeps every sum
// unsigned; the Offset is a constant of the carry chain.
//   Bits 4, HighShift 4, RowBits 8: acc 1, a 3, high 1, negative 1 -> 1 - 48 + 128 = 81
// Range: as in shift_bits; OutBits RowBits + 1 holds every sum without Offset.  Latency: 0.
// Golden: the product of ng_sum_of_products for a power of two.  LUTs: RowBits.
(* keep_hierarchy *)
module shift_row #(
    parameter int Bits = 11,
    parameter int HighShift = 4,
    parameter int EnableAlways = 1,
    parameter int Drop = 0,
    parameter int RowBits = 15,
    parameter int Offset = 0,
    parameter int OutBits = 16
) (
    input  logic [RowBits-1:0] acc_i,
    input  logic [Bits-1:0]    a_i,
    input  logic               high_i,
    input  logic               low_any_i,
    input  logic               negative_i,
    output logic [OutBits-1:0] sum_o
);
  logic [RowBits-1:0] row;

  shift_bits #(
      .Bits(Bits),
      .HighShift(HighShift),
      .EnableAlways(EnableAlways),
      .Drop(Drop),
      .RowBits(RowBits)
  ) u_bits (
      .a_i(a_i),
      .high_i(high_i),
      .low_any_i(low_any_i),
      .negative_i(negative_i),
      .row_o(row)
  );
  carry_add #(
      .Bits(OutBits)
  ) u_add (
      .acc_i(OutBits'({Offset != 0, acc_i})),
      .addend_i(OutBits'({~row[RowBits-1], row[RowBits-2:0]})),
      .carry_i(negative_i),
      .sum_o(sum_o)
  );
endmodule : shift_row
