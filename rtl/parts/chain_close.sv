// chain_close: sum_o = sum of Chains terms + (carry_count_i - Excess) * 2^TermBits, modulo 2^SumBits.
//
// Closes a dot product made of chains: adds the chains' sums and, above them, what was counted beside them.
//
// Ports: term i at bits [i * TermBits, (i + 1) * TermBits).
// Latency: 0 (combinational).  Range: Chains >= 1; HighBits >= 1.
// LUTs expected: two thirds of one a term bit beyond the first term, HighBits for the carries.
(* keep_hierarchy *)
module chain_close #(
    parameter int Chains = 4,
    parameter int TermBits = 9,
    parameter int HighBits = 5,
    parameter int Excess = 16,
    localparam int SumBits = TermBits + HighBits
) (
    input  logic [Chains*TermBits-1:0] terms_i,
    input  logic [       HighBits-1:0] carry_count_i,
    output logic [        SumBits-1:0] sum_o
);
  if (Chains < 1) $error("chain_close: Chains must be at least 1");
  if (HighBits < 1) $error("chain_close: HighBits must be at least 1");

  localparam int TotalBits = TermBits + $clog2(Chains);
  logic [TotalBits-1:0] total;
  logic [SumBits-1:0] whole;
  logic [HighBits-1:0] high;
  logic unused;

  operand_sum #(
      .Operands(Chains),
      .Bits(TermBits),
      .OutBits(TotalBits)
  ) u_terms (
      .operand_i(terms_i),
      .sum_o(total)
  );
  assign whole = SumBits'(total);
  assign unused = ^whole;
  if (Chains == 1) begin : gen_one
    assign high = carry_count_i - HighBits'(Excess);
  end else begin : gen_more
    assign high = (carry_count_i - HighBits'(Excess)) + whole[SumBits-1:TermBits];
  end
  assign sum_o = {high, whole[TermBits-1:0]};
endmodule : chain_close
