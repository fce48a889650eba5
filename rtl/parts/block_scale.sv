// block_scale: scale_o = any_i ? Offset - zeros_i + lsb_i + (Corrects && larger_i) : 0.
//
// Latency: 0 (combinational).  Range: the result lies in 0..255; lsb_i two's complement.  LUTs expected: 16.
(* keep_hierarchy *)
module block_scale #(
    parameter int ZeroBits = 4,
    parameter int LsbBits = 7,
    parameter int Offset = 140,
    parameter int Corrects = 0,
    localparam logic [7:0] OFFSET = Offset[7:0]
) (
    input  logic [ZeroBits-1:0] zeros_i,
    input  logic                any_i,
    input  logic                larger_i,
    input  logic [ LsbBits-1:0] lsb_i,
    output logic [         7:0] scale_o
);
  logic [7:0] lsb;
  assign lsb = 8'($signed(lsb_i));
  assign scale_o = any_i ? lsb - 8'(zeros_i) + (OFFSET + 8'(larger_i && Corrects != 0)) : '0;
endmodule : block_scale
