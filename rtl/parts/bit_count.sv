// bit_count: count = number of ones in bit_i and of zeros in inverted_i, modulo 2^CountBits.
//
// The carries that chains put aside, and their negative lanes. Six at a time onto a sum of three bits: the count 0..5 of
// five of them has three bits, each a function of five nets, and so is added in one LUT a bit; the sixth is the chain's
// carry in, which has to be one of bit_i. The carries out weigh 8 and are counted the same way, since every sum bit above
// three would cost each later row a route-through.
//   Bits 7, Inverted 0: 7'b1110101 -> 5;  Bits 1, Inverted 2: bit 1'b1, inverted 2'b01 -> 2
// Ports: low bits are taken first: put there what is ready first. inverted_i has one unused bit where Inverted is 0.
// Range: Bits 1 and up; CountBits 1 and up.  Latency: 0, about a sixth of the bits carry chains deep.
// Golden: ng_wide_add of bits.  LUTs: about 7 for 12 bits.
(* keep_hierarchy *)
module bit_count #(
    parameter int Bits = 32,
    parameter int Inverted = 0,
    parameter int CountBits = 6,
    // Derived, do not change.
    localparam int INVERTED_PORT = Inverted > 0 ? Inverted : 1
) (
    input  logic [Bits-1:0]          bit_i,
    input  logic [INVERTED_PORT-1:0] inverted_i,
    output logic [CountBits-1:0]     count_o
);
  localparam int FULL_ROWS = (Bits + Inverted - 1 + 5) / 6;
  localparam int LEAST_ROWS = (Inverted + 4) / 5;
  localparam int ROWS = FULL_ROWS > LEAST_ROWS ? FULL_ROWS : LEAST_ROWS;
  // The first row counts up to 7 and carries nothing.
  logic [ROWS:0] carries;
  logic unused;
  assign carries[ROWS] = 1'b0;
  assign unused = ^{inverted_i, carries};

  for (genvar r = 0; r <= ROWS; r++) begin : g_row
    logic [2:0] sum;
    if (r == 0) begin : g_first
      assign sum = {2'b00, bit_i[0]};
    end else begin : g_next
      // How many of bit_i and of inverted_i the rows before have taken.
      localparam int PLACES = 5 * (r - 1);
      localparam int TAKEN_INVERTED = PLACES < Inverted ? PLACES : Inverted;
      localparam int TAKEN = r + PLACES - TAKEN_INVERTED;
      localparam int HERE = Inverted - TAKEN_INVERTED < 5 ? Inverted - TAKEN_INVERTED : 5;
      logic [4:0] ones;
      logic [2:0] count;
      logic carry_in;
      if (TAKEN < Bits) begin : g_carry
        assign carry_in = bit_i[TAKEN];
      end else begin : g_no_carry
        assign carry_in = 1'b0;
      end
      for (genvar k = 0; k < 5; k++) begin : g_one
        if (k < HERE) begin : g_inverted
          assign ones[k] = ~inverted_i[TAKEN_INVERTED+k];
        end else if (TAKEN + 1 + k - HERE < Bits) begin : g_straight
          assign ones[k] = bit_i[TAKEN+1+k-HERE];
        end else begin : g_none
          assign ones[k] = 1'b0;
        end
      end
      // Elementary symmetric functions: the bits of a count are the parities of the ways to choose 1, 2 and 4 ones.
      assign count[0] = ^ones;
      assign count[1] = (ones[0] & ones[1]) ^ (ones[0] & ones[2]) ^ (ones[0] & ones[3]) ^ (ones[0] & ones[4])
          ^ (ones[1] & ones[2]) ^ (ones[1] & ones[3]) ^ (ones[1] & ones[4]) ^ (ones[2] & ones[3])
          ^ (ones[2] & ones[4]) ^ (ones[3] & ones[4]);
      assign count[2] = (&ones[3:0]) ^ (&{ones[4], ones[2:0]}) ^ (&{ones[4:3], ones[1:0]}) ^ (&{ones[4:2], ones[0]})
          ^ (&ones[4:1]);
      carry_add #(
          .Bits(4)
      ) u_add (
          .acc_i({1'b0, g_row[r-1].sum}),
          .addend_i({1'b0, count}),
          .carry_i(carry_in),
          .sum_o({carries[r-1], sum})
      );
    end
  end

  if (ROWS > 1 && CountBits > 3) begin : g_eights
    bit_count #(
        .Bits(ROWS - 1),
        .CountBits(CountBits - 3)
    ) u_eights (
        .bit_i(carries[ROWS-1:1]),
        .inverted_i(1'b0),
        .count_o(count_o[CountBits-1:3])
    );
    assign count_o[2:0] = g_row[ROWS].sum;
  end else begin : g_small
    assign count_o = CountBits'(g_row[ROWS].sum);
  end

  if (Bits < 1) $error("bit_count: Bits is less than 1");
  if (CountBits < 1) $error("bit_count: CountBits is less than 1");
endmodule : bit_count
