// fold_rest: what lies below a window of a folded sum (fold_shift), for windows whose last 0, 1, ... Most bits are left out.
//
//   above_o[t]  the magnitude is more than the window without its last t bits;  whole_o[t]  it is that plus one
//   Most 2: low 2'b10, above 0, whole 0 -> above 3'b100, whole 0;  low 2'b11, above 1, whole 1 -> above 3'b111, whole 3'b111
// Latency: 0 (combinational).  Range: Most >= 1.  LUTs expected: 2 * Most, half as many sites.
(* keep_hierarchy *)
module fold_rest #(
    parameter int Most = 2
) (
    input  logic [Most-1:0] low_i,
    input  logic            above_i,
    input  logic            whole_i,
    output logic [  Most:0] above_o,
    output logic [  Most:0] whole_o
);
  assign above_o[0] = above_i;
  assign whole_o[0] = whole_i;
  for (genvar t = 1; t <= Most; t++) begin : gen_bits
    assign above_o[t] = above_i | (|low_i[t-1:0]);
    assign whole_o[t] = whole_i & (&low_i[t-1:0]);
  end
endmodule : fold_rest
