// minifloat_fused_row: sum_o = sum_i + (+-1) * product, a finished product into the sum; its FusedBits low bits, cheap
// functions of the operands, are computed in the row's own LUTs.
//
// Coded 1: the bits from 1 up come as the code of product_code in product_i[4:1], and the row decodes them.
// Signed, first_i: as in signed_row_add.
//
// Latency: 0 (combinational).
// Range: FusedBits 1 for any pair with exponents of up to 2 bits; 2 for one-bit exponents on both sides (all
// MagnitudeBits if these codes have 2 + 2 magnitude bits); 0 always.
// LUTs expected: MagnitudeBits (Signed 0) or SumBits (Signed 1).
(* keep_hierarchy *)
module minifloat_fused_row #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int FusedBits = 1,
    parameter int Coded = 1,
    parameter int SumInBits = 8,
    parameter int SumBits = 9,
    parameter int Signed = 0,
    localparam int WeightBits = WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = ActivationExponentBits + ActivationMantissaBits,
    localparam int MagnitudeBits =
        (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 2
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic [ MagnitudeBits-1:0] product_i,
    input  logic                      negative_i,
    input  logic                      first_i,
    input  logic [     SumInBits-1:0] sum_i,
    output logic [       SumBits-1:0] sum_o
);
  if (FusedBits < 0 || FusedBits > 4) $error("minifloat_fused_row: FusedBits must be 0..4");

  logic [MagnitudeBits-1:0] product;
  logic [MagnitudeBits-1:0] row;
  logic unused;

  // Bit 0 and 1 of the operands in units of their lsb: bit 0 is set only in codes of the lowest two binades.
  logic [1:0] weight;
  logic [1:0] activation;
  if (WeightExponentBits == 1) begin : gen_weight_whole
    assign weight = weight_i[1:0];
  end else begin : gen_weight_lsb
    assign weight = {1'b0, weight_i[0] & ~(|weight_i[WeightBits-1:WeightMantissaBits+1])};
  end
  if (ActivationExponentBits == 1) begin : gen_activation_whole
    assign activation = activation_i[1:0];
  end else begin : gen_activation_lsb
    assign activation = {1'b0, activation_i[0] & ~(|activation_i[ActivationBits-1:ActivationMantissaBits+1])};
  end

  logic [3:0] low;
  assign low = {(&weight) & (&activation),
                weight[1] & activation[1] & ~(weight[0] & activation[0]),
                (weight[1] & activation[0]) ^ (weight[0] & activation[1]),
                weight[0] & activation[0]};
  logic [MagnitudeBits-1:0] ready;
  if (Coded != 0) begin : gen_coded
    logic [3:0] unused_code;
    product_code #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits)
    ) u_code (
        .high_i('0),
        .code_i(product_i[4:1]),
        .code_o(unused_code),
        .high_o(ready[MagnitudeBits-1:1])
    );
    assign ready[0] = 1'b0;
  end else begin : gen_plain
    assign ready = product_i;
  end
  for (genvar i = 0; i < MagnitudeBits; i++) begin : gen_bit
    if (i < FusedBits) begin : gen_fused
      assign product[i] = low[i];
    end else begin : gen_ready
      assign product[i] = ready[i];
    end
  end

  assign row = product ^ {MagnitudeBits{negative_i}};
  signed_row_add #(
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumInBits),
      .SumBits(SumBits),
      .Signed(Signed)
  ) u_add (
      .row_i(row),
      .negative_i(negative_i),
      .first_i(first_i),
      .sum_i(sum_i),
      .sum_o(sum_o)
  );
  assign unused = ^{weight_i, activation_i, product_i, low, ready};
endmodule : minifloat_fused_row
