// symbol_select: symbol_o = valid_i ? symbol number index_i : 0.
//
// Latency: 0 (combinational).  Range: Symbols = 2^IndexBits.  LUTs expected: 8 * Symbols / 3.
(* keep_hierarchy *)
module symbol_select #(
    parameter int IndexBits = 6,
    localparam int Symbols = 1 << IndexBits
) (
    input  logic [IndexBits-1:0] index_i,
    input  logic                 valid_i,
    input  logic [8*Symbols-1:0] symbols_i,
    output logic [          7:0] symbol_o
);
  assign symbol_o = valid_i ? symbols_i[{index_i, 3'b000}+:8] : 8'd0;
endmodule : symbol_select
