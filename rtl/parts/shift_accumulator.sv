// shift_accumulator: sum <= (first ? 0 : sum) + product, modulo 2^SumBits, the product that of shift_bits.
//
// The sum's carry chain input comes from a copy of the sum, a register cleared one step ahead by first_next_i, which
// leaves the LUT to the row: one LUT a bit.
//   sum 5, product -48, first 0 -> -43;  first 1 -> -48
// Ports: first_next_i is first one clock edge early. Range: as in shift_bits; SumBits at least RowBits of it.
// Latency: 1 clock edge, initiation interval 1.  Golden: ng_shift_mac.  LUTs: SumBits.
(* keep_hierarchy *)
module shift_accumulator #(
    parameter int Bits = 11,
    parameter int HighShift = 4,
    parameter int EnableAlways = 1,
    parameter int Drop = 0,
    parameter int SumBits = 28
) (
    input  logic               clk_i,
    input  logic               first_next_i,
    input  logic [Bits-1:0]    a_i,
    input  logic               high_i,
    input  logic               low_any_i,
    input  logic               negative_i,
    output logic [SumBits-1:0] sum_o
);
  logic [SumBits-1:0] row, sum_d, sum_q, copy_q;

  shift_bits #(
      .Bits(Bits),
      .HighShift(HighShift),
      .EnableAlways(EnableAlways),
      .Drop(Drop),
      .RowBits(SumBits)
  ) u_bits (
      .a_i(a_i),
      .high_i(high_i),
      .low_any_i(low_any_i),
      .negative_i(negative_i),
      .row_o(row)
  );
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(copy_q),
      .addend_i(row),
      .carry_i(negative_i),
      .sum_o(sum_d)
  );
  always_ff @(posedge clk_i) begin
    sum_q <= sum_d;
    copy_q <= first_next_i ? '0 : sum_d;
  end
  assign sum_o = sum_q;
endmodule : shift_accumulator
