// dsp_close: sum = sum of the operands - Biases, modulo 2^SumBits; operands unsigned.
//
//   Operands 2, Bits 4, Biases 14, SumBits 6: 9 + 3 - 14 -> -2
// Range: Operands 1 and up, SumBits >= Bits.  Latency: 0.  Golden: ng_wide_add.
// LUTs: those of operand_sum; SumBits less the trailing zeros of Biases, one where only its top bit is left.
(* keep_hierarchy *)
module dsp_close #(
    parameter int Operands = 16,
    parameter int Bits = 16,
    parameter int Biases = 524272,
    parameter int SumBits = 21
) (
    input  logic [Operands*Bits-1:0] operand_i,
    output logic [      SumBits-1:0] sum_o
);
  logic [SumBits-1:0] total;
  operand_sum #(
      .Operands(Operands),
      .Bits(Bits),
      .OutBits(SumBits)
  ) u_sum (
      .operand_i(operand_i),
      .sum_o(total)
  );
  assign sum_o = total + SumBits'(-Biases);
endmodule : dsp_close
