// int_mac: y <= (first ? 0 : y) + w * a, two's complement, exact for as many terms as SumBits has room for.
//
// The product's radix-4 Booth rows form one carry chain after the other, without the sum; one more chain of SumBits
// adds the product to the sum.
//   int4: first 1, w -8, a -8 -> 64;  first 0, w 7, a 1 -> 71
// Ports: clk_i; first_i starts a new sum; w_i, a_i the codes; y_o the sum, SumBits wide.
// Range: WeightBits, ActivationBits 2..8, SumBits at least their sum.
// Latency: 2 clock edges (inputs, sum), initiation interval 1, no reset: the sum is defined by the first first_i.
// Golden: ng_int_mac.
// LUTs: those of int_mul, multiply, and SumBits, accumulate.
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
  localparam int PRODUCT_BITS = WeightBits + ActivationBits;
  logic first_q;
  logic [WeightBits-1:0] w_q;
  logic [ActivationBits-1:0] a_q;
  logic [PRODUCT_BITS-1:0] product;

  always_ff @(posedge clk_i) begin
    first_q <= first_i;
    w_q <= w_i;
    a_q <= a_i;
  end

  int_product #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits)
  ) u_multiply (
      .w_i(w_q),
      .a_i(a_q),
      .product_o(product)
  );
  accumulator #(
      .SumBits(SumBits)
  ) u_accumulate (
      .clk_i(clk_i),
      .first_next_i(first_i),
      .first_i(first_q),
      .addend_i(SumBits'($signed(product))),
      .carry_i(1'b0),
      .sum_o(y_o)
  );

  if (SumBits < PRODUCT_BITS) $error("int_mac: SumBits is less than the product's");
endmodule : int_mac
