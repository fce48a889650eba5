// word_index: index_o = (window_i >> (Lengths - length)) + place of that length, modulo 2^IndexBits: a word's number among all.
//
//   chosen_i one-hot by length; place l-1 at places_i[(l-1)*IndexBits +: IndexBits].
//
// Latency: 0 (combinational).  Range: IndexBits >= 1, Lengths >= 2.  LUTs expected: about Lengths * IndexBits.
(* keep_hierarchy *)
module word_index #(
    parameter int Lengths = 16,
    parameter int IndexBits = 6
) (
    input  logic [          Lengths-1:0] window_i,
    input  logic [          Lengths-1:0] chosen_i,
    input  logic [Lengths*IndexBits-1:0] places_i,
    output logic [        IndexBits-1:0] index_o
);
  logic [IndexBits-1:0] word;
  logic [IndexBits-1:0] place;
  always_comb begin
    word = '0;
    place = '0;
    for (int l = 1; l <= Lengths; l++) begin
      word = word | ({IndexBits{chosen_i[l-1]}} & IndexBits'(window_i >> (Lengths - l)));
      place = place | ({IndexBits{chosen_i[l-1]}} & places_i[(l-1)*IndexBits+:IndexBits]);
    end
  end
  assign index_o = word + place;
endmodule : word_index
