// bit_row: sum = acc + bit * data, or acc - bit * data with Negative; two's complement, modulo 2^(Bits+1).
//
//   Bits 3, acc 4'd2, bit 1, data 3'b101 (-3) -> -1;  Negative 1 -> 5
// Range: Bits 1 and up.  Latency: 0.  Golden: ng_wide_add.  LUTs: Bits + 1.
(* keep_hierarchy *)
module bit_row #(
    parameter int Bits = 4,
    parameter int Negative = 0
) (
    input  logic [Bits:0]   acc_i,
    input  logic            bit_i,
    input  logic [Bits-1:0] data_i,
    output logic [Bits:0]   sum_o
);
  logic [Bits:0] gated;
  assign gated = {(Bits+1){bit_i}} & (Bits+1)'($signed(data_i));
  carry_add #(
      .Bits(Bits + 1)
  ) u_add (
      .acc_i(acc_i),
      .addend_i(Negative != 0 ? ~gated : gated),
      .carry_i(Negative != 0),
      .sum_o(sum_o)
  );
endmodule : bit_row
