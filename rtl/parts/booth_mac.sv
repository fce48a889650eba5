// booth_mac: sum <= (first ? 0 : sum) + recoded * multiplicand; int_mac with the recoded operand named.
//
// Range, ports, cost split: as in int_mac.  Latency: 2 clock edges (inputs, sum), initiation interval 1.
// Golden: ng_int_mac.  LUTs: those of booth_product and SumBits.
module booth_mac #(
    parameter int RecodedBits = 8,
    parameter int MultiplicandBits = 8,
    parameter int SumBits = 28
) (
    input  logic                        clk_i,
    input  logic                        first_i,
    input  logic [RecodedBits-1:0]      recoded_i,
    input  logic [MultiplicandBits-1:0] multiplicand_i,
    output logic [SumBits-1:0]          sum_o
);
  localparam int PRODUCT_BITS = RecodedBits + MultiplicandBits;
  logic first_q;
  logic [RecodedBits-1:0] recoded_q;
  logic [MultiplicandBits-1:0] multiplicand_q;
  logic [PRODUCT_BITS-1:0] product;
  logic unused_low;

  always_ff @(posedge clk_i) begin
    first_q <= first_i;
    recoded_q <= recoded_i;
    multiplicand_q <= multiplicand_i;
  end

  booth_product #(
      .RecodedBits(RecodedBits),
      .MultiplicandBits(MultiplicandBits),
      .OpenLow(1)
  ) u_multiply (
      .recoded_i(recoded_q),
      .multiplicand_i(multiplicand_q),
      .product_o(product)
  );
  booth_accumulator #(
      .SumBits(SumBits)
  ) u_accumulate (
      .clk_i(clk_i),
      .first_next_i(first_i),
      .first_i(first_q),
      .multiplicand_i(multiplicand_q[1:0]),
      .recoded_i(recoded_q[1:0]),
      .product_i((SumBits-2)'($signed(product[PRODUCT_BITS-1:2]))),
      .sum_o(sum_o)
  );
  assign unused_low = ^product[1:0];

  if (RecodedBits < 3 || MultiplicandBits < 3) $error("booth_mac: an operand is narrower than 3 bits");
  if (SumBits < PRODUCT_BITS) $error("booth_mac: SumBits is less than the product's");
endmodule : booth_mac
