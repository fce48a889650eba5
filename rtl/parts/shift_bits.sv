// shift_bits: row = one's complement, if negative, of (enabled ? (high ? a << HighShift : a) >> Drop : 0).
//
// Enabled means EnableAlways, high or low_any: the zero code of a shift weight has neither. -product = row + negative.
//   Bits 4, HighShift 4, RowBits 8: a 3, high 1, negative 0 -> 48;  negative 1 -> ~48
// Ports: high_i the top bit of the shift field, low_any_i whether any lower one is set.
// Range: RowBits = Bits + HighShift - Drop holds every row; Drop 0 or 1, a low bit that is 0 in every enabled row.
// Latency: 0.  Golden: the product of ng_sum_of_products for a power of two.
// LUTs: none of its own, each bit a function of at most five nets to be mapped with the adder after it.
module shift_bits #(
    parameter int Bits = 11,
    parameter int HighShift = 4,
    parameter int EnableAlways = 1,
    parameter int Drop = 0,
    parameter int RowBits = 15
) (
    input  logic [Bits-1:0]    a_i,
    input  logic               high_i,
    input  logic               low_any_i,
    input  logic               negative_i,
    output logic [RowBits-1:0] row_o
);
  localparam int WIDE_BITS = RowBits + Drop;
  logic [WIDE_BITS-1:0] low, high;
  logic enable, unused_low;

  assign low = WIDE_BITS'($signed(a_i));
  assign high = WIDE_BITS'($signed(a_i)) << HighShift;
  assign enable = EnableAlways != 0 || high_i || low_any_i;
  assign row_o = {RowBits{negative_i}} ^ ({RowBits{enable}} & (high_i ? high[WIDE_BITS-1:Drop] : low[WIDE_BITS-1:Drop]));
  assign unused_low = ^{low[0], high[0]};

  if (RowBits < Bits + HighShift - Drop) $error("shift_bits: RowBits is less than the row");
endmodule : shift_bits
