// field_shift: shifted = a << shift, a two's complement, every 4:1 choice one LUT a bit.
//
//   Bits 8, ShiftBits 2: a 3, shift 2 -> 12;  a -1, shift 1 -> -2
// Range: Bits 2 and up, ShiftBits 1 and up.  Latency: 0, (ShiftBits + 1) / 2 LUTs deep.
// Golden: the product of ng_sum_of_products for a power of two.
// LUTs: Bits + 2^ShiftBits - 2 up to ShiftBits 2, the top bit being always the sign; one such stage more for every
// two bits of shift above.
(* keep_hierarchy *)
module field_shift #(
    parameter int Bits = 8,
    parameter int ShiftBits = 2,
    // Derived, do not change.
    localparam int OUT_BITS = Bits + (1 << ShiftBits) - 1
) (
    input  logic [Bits-1:0]      a_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [OUT_BITS-1:0]  shifted_o
);
  assign shifted_o = OUT_BITS'($signed(a_i)) << shift_i;

  if (Bits < 2 || ShiftBits < 1) $error("field_shift: Bits is less than 2 or ShiftBits less than 1");
endmodule : field_shift
