// offset_sum: sum_o = sum of the operands - Offset * 2^Place, modulo 2^OutBits: the end of chains whose rows carry offsets.
//
//   Operands 2, Bits 5, OutBits 6, Place 4, Offset 2: 17 + 14 - 32 -> -1
//
// Latency: 0 (combinational).  Range: OutBits >= Bits > Place.
// LUTs expected: those of operand_sum, and one a bit above Place unless Offset is a power of two that only turns the top bit.
(* keep_hierarchy *)
module offset_sum #(
    parameter int Operands = 4,
    parameter int Bits = 20,
    parameter int OutBits = 22,
    parameter int Place = 16,
    parameter int Offset = 32
) (
    input  logic [Operands*Bits-1:0] operand_i,
    output logic [      OutBits-1:0] sum_o
);
  localparam int HighBits = OutBits - Place;
  localparam logic [HighBits-1:0] OFFSET = Offset[HighBits-1:0];
  if (OutBits < Bits || Bits <= Place) $error("offset_sum: OutBits >= Bits > Place must hold");

  logic [OutBits-1:0] total;
  operand_sum #(
      .Operands(Operands),
      .Bits(Bits),
      .OutBits(OutBits)
  ) u_sum (
      .operand_i(operand_i),
      .sum_o(total)
  );
  assign sum_o = {total[OutBits-1:Place] - OFFSET, total[Place-1:0]};
endmodule : offset_sum
