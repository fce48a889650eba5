// carry_add: sum = acc + addend + carry, modulo 2^Bits, with acc on the carry chain's own input.
//
// A carry chain bit computes S = acc ^ addend in its LUT and takes acc itself beside it, so the addend may be any
// function of five nets and still cost one LUT a bit. Written as a subtraction because synthesis may swap the operands
// of an addition but not those of a difference: {acc, c} - {~addend, ~c} = {acc, c} + {addend, c} + 1, whose bit 0
// carries c into acc's bit 0.
//   acc 5, addend 3, carry 1, Bits 4 -> 9
//   acc 15, addend 0, carry 1, Bits 4 -> 0
// Range: Bits 1 and up.  Latency: 0.  Golden: ng_wide_add and a carry.
// LUTs: one per bit whose addend is not constant 0; none where it is (a route-through where acc is a net).
module carry_add #(
    parameter int Bits = 8
) (
    input  logic [Bits-1:0] acc_i,
    input  logic [Bits-1:0] addend_i,
    input  logic            carry_i,
    output logic [Bits-1:0] sum_o
);
  logic [Bits:0] total;
  logic unused_carry;

  assign total = {acc_i, carry_i} - {~addend_i, ~carry_i};
  assign sum_o = total[Bits:1];
  assign unused_carry = total[0];

  if (Bits < 1) $error("carry_add: Bits is less than 1");
endmodule : carry_add
