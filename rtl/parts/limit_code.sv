// limit_code: code_o = {negative_i, over_i ? 7 : number of limits exceeded}, limits in ascending order.
//
// even_i[j]: limit 2 j + 2 is exceeded; odd_i: the limit above the last of these is, too (limit_pick).
//   even 3'b001, odd 1 -> 3;  even 0, odd 0 -> 0;  over 1 -> 7
// Latency: 0 (combinational).  LUTs expected: 3, 2 sites.
(* keep_hierarchy *)
module limit_code (
    input  logic       negative_i,
    input  logic       over_i,
    input  logic [2:0] even_i,
    input  logic       odd_i,
    output logic [3:0] code_o
);
  assign code_o[3] = negative_i;
  assign code_o[2] = over_i | even_i[1];
  assign code_o[1] = over_i | (even_i[1] ? even_i[2] : even_i[0]);
  assign code_o[0] = over_i | odd_i;
endmodule : limit_code
