// sum_tree: sum_o = the sum of Count unsigned terms, modulo 2^SumBits; term i at bits [i * TermBits, (i + 1) * TermBits).
//
// Latency: 0 (combinational).  Range: Count >= 1, SumBits >= TermBits.
// LUTs expected: (Count - 1) adders of about TermBits each.
module sum_tree #(
    parameter int Count = 4,
    parameter int TermBits = 8,
    parameter int SumBits = 10
) (
    input  logic [Count*TermBits-1:0] terms_i,
    output logic [       SumBits-1:0] sum_o
);
  if (Count < 1) $error("sum_tree: Count must be at least 1");
  if (SumBits < TermBits) $error("sum_tree: SumBits must be at least TermBits");

  if (Count == 1) begin : gen_one
    assign sum_o = SumBits'(terms_i);
  end else begin : gen_split
    localparam int LowCount = Count / 2;
    localparam int HighCount = Count - LowCount;
    localparam int LowGrown = TermBits + $clog2(LowCount);
    localparam int HighGrown = TermBits + $clog2(HighCount);
    localparam int LowBits = LowGrown < SumBits ? LowGrown : SumBits;
    localparam int HighBits = HighGrown < SumBits ? HighGrown : SumBits;
    logic [ LowBits-1:0] low;
    logic [HighBits-1:0] high;
    sum_tree #(
        .Count(LowCount),
        .TermBits(TermBits),
        .SumBits(LowBits)
    ) u_low (
        .terms_i(terms_i[LowCount*TermBits-1:0]),
        .sum_o  (low)
    );
    sum_tree #(
        .Count(HighCount),
        .TermBits(TermBits),
        .SumBits(HighBits)
    ) u_high (
        .terms_i(terms_i[Count*TermBits-1:LowCount*TermBits]),
        .sum_o  (high)
    );
    sum_pair #(
        .XBits(LowBits),
        .YBits(HighBits),
        .SumBits(SumBits)
    ) u_pair (
        .x_i  (low),
        .y_i  (high),
        .sum_o(sum_o)
    );
  end
endmodule : sum_tree
