// digit_count: sum = Start + sum over lanes and digits of bit * 4^digit, modulo 2^OutBits.
//
// The carries that booth_chain and shift_chain put aside. One carry chain adds three lanes' bits at once, their count
// 0..3 filling the two columns between digits; with one digit nothing stands above, and it adds five lanes, 0..5.
//   Digits 2, lanes {3, 1} (digit 0: 1 + 1, digit 1: 1 + 0), Start -2 -> 2 + 4 - 2 = 4
// Ports: digit d of lane i in bit_i[i*Digits + d].
// Range: Lanes, Digits, OutBits 1 and up; Start any int.  Latency: 0.  Golden: ng_sum_of_products.
// LUTs: 2/3 a bit, 3/5 with one digit.
module digit_count #(
    parameter int Lanes = 32,
    parameter int Digits = 4,
    parameter int Start = 0,
    parameter int OutBits = 12
) (
    input  logic [Lanes*Digits-1:0] bit_i,
    output logic [OutBits-1:0]      sum_o
);
  localparam int GROUP = Digits == 1 ? 5 : 3;
  localparam int ROWS = (Lanes + GROUP - 1) / GROUP;
  localparam int COUNT_BITS = Digits == 1 ? 3 : 2 * Digits;

  logic [GROUP*ROWS*Digits-1:0] padded;
  logic [(ROWS+1)*OutBits-1:0] sums;
  assign padded = (GROUP*ROWS*Digits)'(bit_i);
  assign sums[0+:OutBits] = OutBits'(Start);

  for (genvar r = 0; r < ROWS; r++) begin : g_row
    logic [COUNT_BITS-1:0] counts;
    for (genvar d = 0; d < Digits; d++) begin : g_digit
      logic [GROUP-1:0] ones;
      for (genvar i = 0; i < GROUP; i++) begin : g_lane
        assign ones[i] = padded[(r*GROUP+i)*Digits+d];
      end
      if (GROUP == 3) begin : g_three
        assign counts[2*d] = ^ones;
        assign counts[2*d+1] = (ones[0] & ones[1]) | (ones[0] & ones[2]) | (ones[1] & ones[2]);
      end else begin : g_five
        // Elementary symmetric functions: the count's bits are those of 1, 2 and 4 ones chosen.
        assign counts[0] = ^ones;
        assign counts[1] = (ones[0] & ones[1]) ^ (ones[0] & ones[2]) ^ (ones[0] & ones[3]) ^ (ones[0] & ones[4])
            ^ (ones[1] & ones[2]) ^ (ones[1] & ones[3]) ^ (ones[1] & ones[4]) ^ (ones[2] & ones[3])
            ^ (ones[2] & ones[4]) ^ (ones[3] & ones[4]);
        assign counts[2] = &ones[3:0] ^ (ones[4] & (&ones[2:0] ^ &{ones[3], ones[1:0]} ^ &{ones[3:2], ones[0]}
            ^ &ones[3:1]));
      end
    end
    carry_add #(
        .Bits(OutBits)
    ) u_add (
        .acc_i(sums[r*OutBits+:OutBits]),
        .addend_i(OutBits'(counts)),
        .carry_i(1'b0),
        .sum_o(sums[(r+1)*OutBits+:OutBits])
    );
  end
  assign sum_o = sums[ROWS*OutBits+:OutBits];
endmodule : digit_count
