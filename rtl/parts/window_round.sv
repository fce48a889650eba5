// window_round: carry_o = what the row of a term adds besides its kept bits, turned over where it is negative: negative_i ^ up.
//
// low_i is what the window leaves of the shifted term, its top bit the guard; a term that is far away has left it whole.
// -(kept + up) = ~kept + 1 - up: the row's carry is the sign, unless rounding turns it.
//   Rounding 0, LowBits 1: odd 1, low 1, sticky 0, negative 0 -> 1;  negative 1 -> 0
// Latency: 0 (combinational).  Range: LowBits >= 1; Rounding as in round_up.  LUTs expected: one or two.
(* keep_hierarchy *)
module window_round #(
    parameter int LowBits = 1,
    parameter int Rounding = 0
) (
    input  logic               negative_i,
    input  logic               far_i,
    input  logic               present_i,
    input  logic               odd_i,
    input  logic [LowBits-1:0] low_i,
    input  logic               sticky_i,
    output logic               carry_o
);
  logic rest;
  logic up;
  if (LowBits > 1) begin : gen_low
    assign rest = sticky_i | (|low_i[LowBits-2:0]);
  end else begin : gen_guard
    assign rest = sticky_i;
  end
  round_up #(
      .Rounding(Rounding)
  ) u_up (
      .negative_i(negative_i),
      .odd_i(odd_i & ~far_i),
      .guard_i(low_i[LowBits-1] & ~far_i),
      .rest_i(far_i ? present_i : rest),
      .up_o(up)
  );
  assign carry_o = negative_i ^ up;
endmodule : window_round
