// scaled_limit: limit_o = Factor * scale_i - Less, two's complement.
//
//   Factor 7, Less 1: 9 -> 62
// Latency: 0 (combinational).  Range: Factor >= 0, Less 0..1; LimitBits holds every result, or what is over is not asked for.
// LUTs expected: one a bit up to six bits of scale_i.
(* keep_hierarchy *)
module scaled_limit #(
    parameter int Factor = 7,
    parameter int Less = 1,
    parameter int ScaleBits = 6,
    parameter int LimitBits = 9
) (
    input  logic [ScaleBits-1:0] scale_i,
    output logic [LimitBits-1:0] limit_o
);
  localparam logic [LimitBits-1:0] FACTOR = Factor[LimitBits-1:0];
  localparam logic [LimitBits-1:0] LESS = Less[LimitBits-1:0];
  logic unused;
  assign limit_o = FACTOR * LimitBits'(scale_i) - LESS;
  assign unused = ^scale_i;
endmodule : scaled_limit
