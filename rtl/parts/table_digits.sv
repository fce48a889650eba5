// table_digits: the radix-4 digits of a table's value: sum over d of 4^d * digit[d] = value[index], every digit in -2..2.
//
// Values stand two to a parameter, 15 bits of two's complement each, the one of the even index below. They are a table of
// constants; the digits are looked up whole, so the table costs the circuit nothing but the digits' LUTs.
// From the lowest digit up: the remainder modulo 4 says 0, 1 or -1; 2 or -2 is the one whose rest the digits left can hold.
//   Table0 = 10: index 0 -> digits {3'b011, 3'b011} (2, 2)
// Ports: digit d in digit_o[3*d +: 3], as booth_row reads it: -2 * [2] + [1] + [0].
// Range: IndexBits 1..5; |values| at most 2 * (4^Digits - 1) / 3.  Latency: 0.  Golden: ng_operand_value.
// LUTs: at most 3 a digit, of IndexBits inputs, two to a site.
(* keep_hierarchy *)
module table_digits #(
    parameter int IndexBits = 4,
    parameter int Digits = 4,
    parameter logic [31:0] Table0 = 0,
    parameter logic [31:0] Table1 = 0,
    parameter logic [31:0] Table2 = 0,
    parameter logic [31:0] Table3 = 0,
    parameter logic [31:0] Table4 = 0,
    parameter logic [31:0] Table5 = 0,
    parameter logic [31:0] Table6 = 0,
    parameter logic [31:0] Table7 = 0,
    parameter logic [31:0] Table8 = 0,
    parameter logic [31:0] Table9 = 0,
    parameter logic [31:0] Table10 = 0,
    parameter logic [31:0] Table11 = 0,
    parameter logic [31:0] Table12 = 0,
    parameter logic [31:0] Table13 = 0,
    parameter logic [31:0] Table14 = 0,
    parameter logic [31:0] Table15 = 0
) (
    input  logic [IndexBits-1:0] index_i,
    output logic [3*Digits-1:0]  digit_o
);
  localparam logic [511:0] TABLE =
      512'(Table0) << 0 | 512'(Table1) << 32 | 512'(Table2) << 64 | 512'(Table3) << 96 |
      512'(Table4) << 128 | 512'(Table5) << 160 | 512'(Table6) << 192 | 512'(Table7) << 224 |
      512'(Table8) << 256 | 512'(Table9) << 288 | 512'(Table10) << 320 | 512'(Table11) << 352 |
      512'(Table12) << 384 | 512'(Table13) << 416 | 512'(Table14) << 448 | 512'(Table15) << 480;

  function automatic logic [32*32-1:0] all_digits(input logic [511:0] values);
    int value;
    int rest;
    int most;
    int digit;
    all_digits = '0;
    for (int i = 0; i < 32; i++) begin
      value = 32'(values[(i/2)*32+(i%2)*15+:15]);
      if (value >= 16384) value = value - 32768;
      for (int d = 0; d < Digits; d++) begin
        // What the digits above this one can hold.
        most = (2 * ((1 << (2 * (Digits - 1 - d))) - 1)) / 3;
        rest = value & 3;
        digit = rest == 3 ? -1 : rest;
        if (rest == 2 && (value - 2 > 4 * most || value - 2 < -4 * most)) digit = -2;
        value = (value - digit) >>> 2;
        all_digits[i*32+3*d+:3] = digit == 2 ? 3'b011 : (digit == 1 ? 3'b001 : (digit == 0 ? 3'b000 : (digit == -1 ? 3'b110 : 3'b100)));
      end
    end
  endfunction
  localparam logic [32*32-1:0] DIGITS = all_digits(TABLE);

  assign digit_o = DIGITS[{5'(index_i), 5'b00000}+:3*Digits];

  if (IndexBits < 1 || IndexBits > 5) $error("table_digits: IndexBits is not 1..5");
  if (Digits < 1 || Digits > 7) $error("table_digits: Digits is not 1..7");
endmodule : table_digits
