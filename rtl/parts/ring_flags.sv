// ring_flags: flag_o[p] = 1 if bit p of a ring, into which DataBits bits were rotated left by shift_i, has been all the way
// round, for the bits where that depends on shift_i; 0 for the others.
//
//   DataBits 6, Ring 8, ShiftBits 3, bit 0: shift 0 -> 0 (bit 0 of the data), shift 5 -> 1 (bit 3 of the data)
// A bit p holds data as it came for shifts up to p, and data from the round before for shifts of at least
// p + Ring - DataBits + 1. In between it holds none and the flag may be either: where it can, it is shift_i's top bit.
// Latency: 0 (combinational).  Range: ShiftBits 1 and up, shift_i below the ring.
// LUTs expected: one for each bit that the top bit of shift_i does not decide; two share a site.
(* keep_hierarchy *)
module ring_flags #(
    parameter int DataBits = 8,
    parameter int Ring = 8,
    parameter int ShiftBits = 3
) (
    input  logic [ShiftBits-1:0] shift_i,
    output logic [     Ring-1:0] flag_o
);
  localparam int Half = 1 << (ShiftBits - 1);

  for (genvar p = 0; p < Ring; p++) begin : gen_bit
    localparam int Least = p + Ring - DataBits + 1;
    if (Least >= 2 * Half) begin : gen_never
      assign flag_o[p] = 1'b0;
    end else if (p < Half && Least >= Half) begin : gen_top
      assign flag_o[p] = shift_i[ShiftBits-1];
    end else begin : gen_compare
      assign flag_o[p] = shift_i > ShiftBits'(p);
    end
  end
  if (ShiftBits < 1) $error("ring_flags: ShiftBits must be at least 1");
endmodule : ring_flags
