// table_code: code = {sign, magnitude} of a table's value, the value that index_i names.
//
// Values stand two to a parameter, as in table_digits.
//   CodeBits 5, Table0 = 32768 - 10: index 0 -> 5'b1_1010;  index 1 -> 0
// Range: IndexBits 1..5, CodeBits 2..15 holds every value.  Latency: 0.  Golden: ng_operand_value.
// LUTs: CodeBits of IndexBits inputs, two to a site.
(* keep_hierarchy *)
module table_code #(
    parameter int IndexBits = 4,
    parameter int CodeBits = 8,
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
    output logic [CodeBits-1:0]  code_o
);
  localparam logic [511:0] TABLE =
      512'(Table0) << 0 | 512'(Table1) << 32 | 512'(Table2) << 64 | 512'(Table3) << 96 |
      512'(Table4) << 128 | 512'(Table5) << 160 | 512'(Table6) << 192 | 512'(Table7) << 224 |
      512'(Table8) << 256 | 512'(Table9) << 288 | 512'(Table10) << 320 | 512'(Table11) << 352 |
      512'(Table12) << 384 | 512'(Table13) << 416 | 512'(Table14) << 448 | 512'(Table15) << 480;

  function automatic logic [32*16-1:0] all_codes(input logic [511:0] values);
    int value;
    all_codes = '0;
    for (int i = 0; i < 32; i++) begin
      value = 32'(values[(i/2)*32+(i%2)*15+:15]);
      if (value >= 16384) value = (1 << (CodeBits - 1)) + 32768 - value;
      all_codes[i*16+:16] = 16'(value);
    end
  endfunction
  localparam logic [32*16-1:0] CODES = all_codes(TABLE);

  assign code_o = CODES[{5'(index_i), 4'b0000}+:CodeBits];

  if (IndexBits < 1 || IndexBits > 5) $error("table_code: IndexBits is not 1..5");
  if (CodeBits < 2 || CodeBits > 15) $error("table_code: CodeBits is not 2..15");
endmodule : table_code
