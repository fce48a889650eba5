// booth_accumulator: sum <= (first ? 0 : sum) + product + low + carry, modulo 2^SumBits, one LUT a bit.
//
// product is that of booth_product with OpenLow, low and carry what it left out: the first Booth row's two low bits,
// its one's complement if negative, and the carry that makes it the two's. A carry chain has one input beside its LUT.
// In the high columns the product takes it, and the LUT forgets the old sum when first_i is 1; in the two low columns
// a copy of the sum takes it, a register cleared one step ahead by first_next_i, and the LUT is left to the row.
//   sum 5, first 0, multiplicand 3, recoded 2'b11 (-1), product -4: low 2'b00, carry 1 -> 5 - 4 + 0 + 1 = 2
// Ports: first_next_i is first_i one clock edge early. Range: SumBits 3 and up.
// Latency: 1 clock edge, initiation interval 1.  Golden: the sum of ng_result_pack.  LUTs: SumBits.
(* keep_hierarchy *)
module booth_accumulator #(
    parameter int SumBits = 28
) (
    input  logic               clk_i,
    input  logic               first_next_i,
    input  logic               first_i,
    input  logic [1:0]         multiplicand_i,
    input  logic [1:0]         recoded_i,
    input  logic [SumBits-1:2] product_i,
    output logic [SumBits-1:0] sum_o
);
  logic [SumBits-1:0] sum_d, sum_q;
  logic [1:0] low, copy_q;

  assign low[0] = recoded_i[1] ^ (recoded_i[0] & multiplicand_i[0]);
  assign low[1] = recoded_i[1] ^ (recoded_i[0] ? multiplicand_i[1] : recoded_i[1] & multiplicand_i[0]);

  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i({product_i, copy_q}),
      .addend_i({sum_q[SumBits-1:2] & {(SumBits-2){~first_i}}, low}),
      .carry_i(recoded_i[1]),
      .sum_o(sum_d)
  );
  always_ff @(posedge clk_i) begin
    sum_q <= sum_d;
    copy_q <= first_next_i ? 2'b00 : sum_d[1:0];
  end
  assign sum_o = sum_q;

  if (SumBits < 3) $error("booth_accumulator: SumBits is less than 3");
endmodule : booth_accumulator
