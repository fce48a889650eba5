// huffman_decode: the symbol of the canonical Huffman word at the front of a window of bits, and the word's length.
//
//   window_i: the next Lengths bits of the stream, the first one on top. table_i = {symbols, places, limits}, from the lowest
//   bit: limit l (1..Lengths) of Lengths + 1 bits, the end of all words of up to l bits, (first[l] + count[l]) << (Lengths -
//   l); place l of IndexBits bits, offset[l] - first[l]; Symbols symbols of 8 bits by word. y = {valid, length, symbol}; of bits
//   that begin no word all are 0.
//   Decoding the exponents of bf16 numbers (DFloat11): a stream is shifted on by length_o a number.
//
// Worked rows, code 0 10 110 111 (lengths 1 2 3 3), Lengths 3: window 3'b110 -> word 2, length 3;  3'b011 -> word 0, length 1
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: Lengths 2..16; IndexBits 1..6, 2^IndexBits symbols; ascending limits.
// Costs: u_convert* (everything): a comparator a length, half a site a bit; the word's number; the symbol's choice.
// Golden: ng_huffman_decode (model/huffman_decode.c).
module huffman_decode #(
    parameter int Lengths = 16,
    parameter int IndexBits = 6,
    localparam int Symbols = 1 << IndexBits,
    localparam int LengthBits = $clog2(Lengths + 1),
    localparam int LimitsBits = Lengths * (Lengths + 1),
    localparam int PlacesBits = Lengths * IndexBits,
    localparam int TableBits = LimitsBits + PlacesBits + 8 * Symbols
) (
    input  logic [       Lengths-1:0] window_i,
    input  logic [     TableBits-1:0] table_i,
    output logic [8+LengthBits+1-1:0] y_o
);
  if (Lengths < 2 || Lengths > 16) $error("huffman_decode: Lengths must be 2..16");
  if (IndexBits < 1 || IndexBits > 6) $error("huffman_decode: IndexBits must be 1..6");

  logic [Lengths-1:0] reached;
  logic [Lengths-1:0] chosen;
  logic [IndexBits-1:0] index;
  logic valid;
  for (genvar l = 0; l < Lengths; l++) begin : gen_length
    limit_compare #(
        .Bits(Lengths)
    ) u_convert_compare (
        .window_i(window_i),
        .limit_i(table_i[l*(Lengths+1)+:Lengths+1]),
        .reached_o(reached[l])
    );
  end
  length_select #(
      .Lengths(Lengths)
  ) u_convert_length (
      .reached_i(reached),
      .chosen_o(chosen),
      .valid_o(valid),
      .length_o(y_o[8+:LengthBits])
  );
  word_index #(
      .Lengths(Lengths),
      .IndexBits(IndexBits)
  ) u_convert_index (
      .window_i(window_i),
      .chosen_i(chosen),
      .places_i(table_i[LimitsBits+:PlacesBits]),
      .index_o(index)
  );
  symbol_select #(
      .IndexBits(IndexBits)
  ) u_convert_symbol (
      .index_i(index),
      .valid_i(valid),
      .symbols_i(table_i[LimitsBits+PlacesBits+:8*Symbols]),
      .symbol_o(y_o[7:0])
  );
  assign y_o[8+LengthBits] = valid;
endmodule : huffman_decode
