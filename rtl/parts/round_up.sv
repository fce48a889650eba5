// round_up: up_o = 1 if a magnitude has to be made one larger to be rounded: the table of model/round.h.
//
//   Rounding  0 nearest even, 1 nearest away, 2 ties up, 3 toward zero, 4 up, 5 down, 6 to odd
//   Rounding 0: odd 1, guard 1, rest 0 -> 1;  odd 0 -> 0
//
// guard_i is the first bit below the kept ones, rest_i the OR of all others, odd_i the last kept bit.
// Latency: 0 (combinational).  Range: Rounding 0..6.  LUTs expected: one, or part of what it stands beside.
module round_up #(
    parameter int Rounding = 0
) (
    input  logic negative_i,
    input  logic odd_i,
    input  logic guard_i,
    input  logic rest_i,
    output logic up_o
);
  if (Rounding < 0 || Rounding > 6) $error("round_up: Rounding must be 0..6");

  logic inexact;
  logic unused;
  assign inexact = guard_i | rest_i;
  assign unused = negative_i ^ odd_i ^ inexact;
  if (Rounding == 0) begin : gen_even
    assign up_o = guard_i & (rest_i | odd_i);
  end else if (Rounding == 1) begin : gen_away
    assign up_o = guard_i;
  end else if (Rounding == 2) begin : gen_ties_up
    assign up_o = guard_i & (rest_i | ~negative_i);
  end else if (Rounding == 3) begin : gen_zero
    assign up_o = 1'b0;
  end else if (Rounding == 4) begin : gen_up
    assign up_o = inexact & ~negative_i;
  end else if (Rounding == 5) begin : gen_down
    assign up_o = inexact & negative_i;
  end else begin : gen_odd
    assign up_o = inexact & ~odd_i;
  end
endmodule : round_up
