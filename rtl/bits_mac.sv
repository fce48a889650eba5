// bits_mac: y <= (first ? 0 : y) + product of bits_mul, exact for as many terms as SumBits has room for.
//
//   WeightBits 1, ActivationBits 1: first 1, w 1, a 0 -> -1;  first 0, w 1, a 1 -> 0
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum.  Range: bits 1 or 2, SumBits 2 and up.
// Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset.  Golden: ng_bits_mac.
// LUTs: 2, multiply, and SumBits, accumulate.
module bits_mac #(
    parameter int WeightBits = 1,
    parameter int ActivationBits = 1,
    parameter int SumBits = 14
) (
    input  logic                      clk_i,
    input  logic                      first_i,
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]        y_o
);
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic first_q, negative, any;

  always_ff @(posedge clk_i) begin
    w_q <= w_i;
    a_q <= a_i;
    first_q <= first_i;
  end
  sign_value #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits)
  ) u_multiply (
      .w_i(w_q),
      .a_i(a_q),
      .value_o({negative, any})
  );
  product_accumulator #(
      .SumBits(SumBits)
  ) u_accumulate (
      .clk_i(clk_i),
      .first_i(first_q),
      .product_i({{(SumBits-1){negative}}, any}),
      .sum_o(y_o)
  );
endmodule : bits_mac
