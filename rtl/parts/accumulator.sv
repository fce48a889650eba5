// accumulator: sum <= (first ? 0 : sum) + addend + carry, modulo 2^SumBits, one LUT a bit.
//
// The carry chain has one input beside its LUT. In the high columns the addend, a finished net, takes it, and the LUT
// forgets the old sum when first_i is 1. In the low CopyBits columns a copy of the sum takes it, a register cleared
// one step ahead by first_next_i, and the LUT is free to hold the addend's own logic of up to five nets.
//   sum 5, addend 3, carry 1, first 0 -> 9;  first 1 -> 4
// Ports: first_next_i is first_i one clock edge early. Range: CopyBits 0..SumBits.
// Latency: 1 clock edge, initiation interval 1.  Golden: the sum of ng_result_pack.  LUTs: SumBits.
(* keep_hierarchy *)
module accumulator #(
    parameter int SumBits = 28,
    parameter int CopyBits = 0
) (
    input  logic               clk_i,
    input  logic               first_next_i,
    input  logic               first_i,
    input  logic [SumBits-1:0] addend_i,
    input  logic               carry_i,
    output logic [SumBits-1:0] sum_o
);
  logic [SumBits-1:0] acc, addend, sum_d, sum_q;

  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(acc),
      .addend_i(addend),
      .carry_i(carry_i),
      .sum_o(sum_d)
  );

  if (CopyBits > 0) begin : g_copy
    logic [CopyBits-1:0] copy_q;
    always_ff @(posedge clk_i) begin
      copy_q <= first_next_i ? '0 : sum_d[CopyBits-1:0];
    end
    assign acc[CopyBits-1:0] = copy_q;
    assign addend[CopyBits-1:0] = addend_i[CopyBits-1:0];
  end else begin : g_no_copy
    logic unused_first;
    assign unused_first = first_next_i;
  end
  if (CopyBits < SumBits) begin : g_high
    assign acc[SumBits-1:CopyBits] = addend_i[SumBits-1:CopyBits];
    assign addend[SumBits-1:CopyBits] = sum_q[SumBits-1:CopyBits] & {(SumBits-CopyBits){~first_i}};
  end else begin : g_all_copied
    logic unused_first;
    assign unused_first = first_i;
  end

  always_ff @(posedge clk_i) sum_q <= sum_d;
  assign sum_o = sum_q;

  if (CopyBits < 0 || CopyBits > SumBits) $error("accumulator: CopyBits is not 0..SumBits");
endmodule : accumulator
