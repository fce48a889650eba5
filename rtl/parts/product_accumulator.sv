// product_accumulator: sum <= (first ? 0 : sum) + product, modulo 2^SumBits, one LUT a bit: the product takes the carry
// chain's own input, the LUT forgets the old sum.
//
//   sum 5, product -7, first 0 -> -2;  first 1 -> -7
// Range: SumBits 1 and up.  Latency: 1 clock edge, initiation interval 1.  Golden: the sum of ng_result_pack.  LUTs: SumBits.
(* keep_hierarchy *)
module product_accumulator #(
    parameter int SumBits = 28
) (
    input  logic               clk_i,
    input  logic               first_i,
    input  logic [SumBits-1:0] product_i,
    output logic [SumBits-1:0] sum_o
);
  logic [SumBits-1:0] sum_d, sum_q;

  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(product_i),
      .addend_i(sum_q & {SumBits{~first_i}}),
      .carry_i(1'b0),
      .sum_o(sum_d)
  );
  always_ff @(posedge clk_i) sum_q <= sum_d;
  assign sum_o = sum_q;
endmodule : product_accumulator
