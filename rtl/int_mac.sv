// int_mac: y <= (first ? 0 : y) + w * a, two's complement, exact for as many terms as SumBits has room for.
//
// The operand whose recoding gives fewer row bits is cut into radix-4 Booth digits. The rows form the product, one carry
// chain after the other, without the sum (multiply); one more chain of SumBits adds it to the sum, the two lowest bits
// of the first row fused with it (accumulate).
//   int4: first 1, w -8, a -8 -> 64;  first 0, w 7, a 1 -> 71
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum, SumBits wide.
// Range: WeightBits, ActivationBits 3..8, SumBits at least their sum.
// Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset: the sum is defined by the first first_i.
// Golden: ng_int_mac.
// LUTs: those of int_mul less one, multiply, and SumBits, accumulate.
module int_mac #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int SumBits = 28
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  if ((ActivationBits + 1) * WeightBits / 2 <= (WeightBits + 1) * ActivationBits / 2) begin : g_weight
    booth_mac #(
        .RecodedBits(WeightBits),
        .MultiplicandBits(ActivationBits),
        .SumBits(SumBits)
    ) u_booth (
        .clk_i(clk_i),
        .first_i(first_i),
        .recoded_i(w_i),
        .multiplicand_i(a_i),
        .sum_o(y_o)
    );
  end else begin : g_activation
    booth_mac #(
        .RecodedBits(ActivationBits),
        .MultiplicandBits(WeightBits),
        .SumBits(SumBits)
    ) u_booth (
        .clk_i(clk_i),
        .first_i(first_i),
        .recoded_i(a_i),
        .multiplicand_i(w_i),
        .sum_o(y_o)
    );
  end
endmodule : int_mac
