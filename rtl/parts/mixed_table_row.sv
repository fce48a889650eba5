// mixed_table_row: sum_o = sum_i + (+-1) * |w| * |a|, the product a table: made here (Fused 1) or given (Fused 0).
//
// Signed, first_i: as in signed_row_add.
// Latency: 0 (combinational).  Range: as in mixed_table; Fused 1 at most 4 bits of the codes, for one LUT a bit.
// LUTs expected: MagnitudeBits (Signed 0) or SumBits (Signed 1).
(* keep_hierarchy *)
module mixed_table_row #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 4,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int MagnitudeBits = 8,
    parameter int Fused = 0,
    parameter int SumInBits = 8,
    parameter int SumBits = 9,
    parameter int Signed = 0
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic [ MagnitudeBits-1:0] product_i,
    input  logic                      negative_i,
    input  logic                      first_i,
    input  logic [     SumInBits-1:0] sum_i,
    output logic [       SumBits-1:0] sum_o
);
  logic [MagnitudeBits-1:0] product;
  logic unused;
  if (Fused != 0) begin : gen_fused
    mixed_table #(
        .WeightForm(WeightForm),
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationForm(ActivationForm),
        .ActivationBits(ActivationBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .MagnitudeBits(MagnitudeBits)
    ) u_table (
        .weight_i(weight_i),
        .activation_i(activation_i),
        .product_o(product)
    );
  end else begin : gen_given
    assign product = product_i;
  end
  signed_row_add #(
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumInBits),
      .SumBits(SumBits),
      .Signed(Signed)
  ) u_add (
      .row_i(product ^ {MagnitudeBits{negative_i}}),
      .negative_i(negative_i),
      .first_i(first_i),
      .sum_i(sum_i),
      .sum_o(sum_o)
  );
  assign unused = ^{weight_i, activation_i, product_i};
endmodule : mixed_table_row
