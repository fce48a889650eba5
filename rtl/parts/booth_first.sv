// booth_first: acc = what the second row adds to, from the first Booth row without its two low columns and its carry.
//
// The row is the one's complement, if negative, of digit * multiplicand with the digit {recoded_i, 0}, in -2..1; shifted
// down by two it stays a finished vector of nets, with the offsets that booth_product's first row would have left:
// acc = (row >> 2) + 2^(AccBits-1).
//   MultiplicandBits 4, AccBits 5: multiplicand 5, recoded 2'b10 (-2) -> row ~10 = -11, acc -3 + 16 = 13
// Range: MultiplicandBits 3 and up; AccBits MultiplicandBits + 1, or MultiplicandBits before a short second row.
// Latency: 0.  Golden: the product of ng_sum_of_products.
// LUTs: MultiplicandBits, of four inputs or less, so that two share a site.
(* keep_hierarchy *)
module booth_first #(
    parameter int MultiplicandBits = 8,
    parameter int AccBits = 9
) (
    input  logic [MultiplicandBits-1:0] multiplicand_i,
    input  logic [1:0]                  recoded_i,
    output logic [AccBits-1:0]          acc_o
);
  localparam int HIGH_BITS = MultiplicandBits - 1;
  logic [HIGH_BITS-1:0] high;
  logic sign, unused_low;

  for (genvar i = 0; i < HIGH_BITS - 1; i++) begin : g_bit
    assign high[i] = recoded_i[1] ^ (recoded_i[0] ? multiplicand_i[i+2] : recoded_i[1] & multiplicand_i[i+1]);
  end
  // Above the multiplicand its sign, doubled or not.
  assign sign = recoded_i[1] ^ ((recoded_i[0] | recoded_i[1]) & multiplicand_i[MultiplicandBits-1]);
  assign high[HIGH_BITS-1] = sign;
  assign acc_o = {~sign, {(AccBits-1-HIGH_BITS){sign}}, high};
  assign unused_low = multiplicand_i[0];

  if (MultiplicandBits < 3) $error("booth_first: MultiplicandBits is less than 3");
  if (AccBits != MultiplicandBits && AccBits != MultiplicandBits + 1) $error("booth_first: AccBits is not a row's width");
endmodule : booth_first
