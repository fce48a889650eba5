// length_select: what the code word's length decides: chosen_o one-hot by length, valid_o, length_o (0 if not valid).
//
//   reached_i[l-1] = the window lies at or above the end of the words of up to l bits; ascending, so that the word has one bit
//   more than there are ones.
//
// Latency: 0 (combinational).  Range: Lengths >= 2.  LUTs expected: about 1.5 * Lengths.
(* keep_hierarchy *)
module length_select #(
    parameter int Lengths = 16,
    localparam int LengthBits = $clog2(Lengths + 1)
) (
    input  logic [   Lengths-1:0] reached_i,
    output logic [   Lengths-1:0] chosen_o,
    output logic                  valid_o,
    output logic [LengthBits-1:0] length_o
);
  assign chosen_o = ~reached_i & {reached_i[Lengths-2:0], 1'b1};
  assign valid_o = ~reached_i[Lengths-1];
  always_comb begin
    length_o = '0;
    for (int l = 1; l <= Lengths; l++) begin
      if (chosen_o[l-1]) length_o = length_o | LengthBits'(l);
    end
  end
endmodule : length_select
