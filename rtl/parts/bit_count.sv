// bit_count: count = number of ones.
//
// The carries that booth_chain and shift_chain put aside. The first bit starts a carry chain; each chain adds six
// more, a count 0..5 of five of them, every count bit a function of five nets beside the sum, and one as its carry in.
//   Bits 7: 7'b1110101 -> 5
// Range: Bits 1 and up.  Latency: 0, a sixth of Bits carry chains deep.  Golden: ng_wide_add of bits.
// LUTs: about half of Bits.
module bit_count #(
    parameter int Bits = 32,
    // Derived, do not change.
    localparam int COUNT_BITS = $clog2(Bits + 1)
) (
    input  logic [Bits-1:0]       bit_i,
    output logic [COUNT_BITS-1:0] count_o
);
  localparam int ROWS = (Bits - 1 + 5) / 6;
  logic [6*ROWS:0] padded;
  assign padded = (6*ROWS+1)'(bit_i);

  for (genvar r = 0; r <= ROWS; r++) begin : g_row
    // Bits counted so far, and the width their count needs.
    localparam int SO_FAR = 6 * r + 1 < Bits ? 6 * r + 1 : Bits;
    localparam int WIDTH = $clog2(SO_FAR + 1);
    logic [WIDTH-1:0] sum;
    if (r == 0) begin : g_first
      assign sum = padded[0];
    end else begin : g_next
      logic [4:0] ones;
      logic [2:0] count;
      logic unused_count;
      assign ones = padded[6*r-:5];
      // Its top bit is, where the sum is narrower.
      assign unused_count = ^count;
      // Elementary symmetric functions: the bits of a count are the parities of the ways to choose 1, 2 and 4 ones.
      assign count[0] = ^ones;
      assign count[1] = (ones[0] & ones[1]) ^ (ones[0] & ones[2]) ^ (ones[0] & ones[3]) ^ (ones[0] & ones[4])
          ^ (ones[1] & ones[2]) ^ (ones[1] & ones[3]) ^ (ones[1] & ones[4]) ^ (ones[2] & ones[3])
          ^ (ones[2] & ones[4]) ^ (ones[3] & ones[4]);
      assign count[2] = (&ones[3:0]) ^ (&{ones[4], ones[2:0]}) ^ (&{ones[4:3], ones[1:0]}) ^ (&{ones[4:2], ones[0]})
          ^ (&ones[4:1]);
      carry_add #(
          .Bits(WIDTH)
      ) u_add (
          .acc_i(WIDTH'(g_row[r-1].sum)),
          .addend_i(WIDTH'(count)),
          .carry_i(padded[6*r-5]),
          .sum_o(sum)
      );
    end
  end
  assign count_o = g_row[ROWS].sum;

  if (Bits < 1) $error("bit_count: Bits is less than 1");
endmodule : bit_count
