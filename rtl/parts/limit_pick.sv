// limit_pick: the one limit that is left after those of even codes: of code 7 beyond limit 6, 5 beyond 4, 3 beyond 2, else 1.
//
//   even_i[j] = limit 2 j + 2 is exceeded: 3'b000 -> limit 1;  3'b011 -> limit 5
// Limit K has BitsK bits and is moved up by DropK, filled with Fill. They come as they are, because a constant bit costs as much
// as any other from outside. never_i[j] belongs to limit 2 j + 1.
// Latency: 0 (combinational).  Range: BitsK + DropK <= Bits.  LUTs expected: Bits + 2.
(* keep_hierarchy *)
module limit_pick #(
    parameter int Bits = 9,
    parameter int Bits1 = 6,
    parameter int Bits3 = 8,
    parameter int Bits5 = 8,
    parameter int Bits7 = 7,
    parameter int Drop1 = 0,
    parameter int Drop3 = 0,
    parameter int Drop5 = 1,
    parameter int Drop7 = 2,
    parameter int Fill = 0
) (
    input  logic [      2:0] even_i,
    input  logic [Bits1-1:0] limit1_i,
    input  logic [Bits3-1:0] limit3_i,
    input  logic [Bits5-1:0] limit5_i,
    input  logic [Bits7-1:0] limit7_i,
    input  logic [      3:0] never_i,
    output logic [ Bits-1:0] limit_o,
    output logic             never_o
);
  localparam logic [Bits-1:0] FILL = {Bits{Fill[0]}};
  logic beyond;
  logic [Bits-1:0] low;
  logic [Bits-1:0] high;
  assign beyond = even_i[1] ? even_i[2] : even_i[0];
  assign low = beyond ? Bits'(limit3_i) << Drop3 | FILL >> (Bits - Drop3) : Bits'(limit1_i) << Drop1 | FILL >> (Bits - Drop1);
  assign high = beyond ? Bits'(limit7_i) << Drop7 | FILL >> (Bits - Drop7) : Bits'(limit5_i) << Drop5 | FILL >> (Bits - Drop5);
  assign limit_o = even_i[1] ? high : low;
  assign never_o = even_i[1] ? (beyond ? never_i[3] : never_i[2]) : (beyond ? never_i[1] : never_i[0]);
endmodule : limit_pick
