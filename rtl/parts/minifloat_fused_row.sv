// minifloat_fused_row: sum_o = sum_i + (+-1) * product, a finished product into the sum; its FusedBits low bits, cheap
// functions of the operands, are computed in the row's own LUTs.
//
// Signed, First, offset form: as in minifloat_window_row.
//
// Latency: 0 (combinational).
// Range: FusedBits 1 for any pair with exponents of up to 2 bits; 2 for one-bit exponents on both sides (all
// MagnitudeBits if these codes have 2 + 2 magnitude bits); 0 always.
// LUTs expected: MagnitudeBits + 1 (Signed 0) or SumBits (Signed 1).
(* keep_hierarchy *)
module minifloat_fused_row #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int FusedBits = 1,
    parameter int SumInBits = 9,
    parameter int SumBits = 10,
    parameter int Signed = 0,
    parameter int First = 0,
    localparam int WeightBits = WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = ActivationExponentBits + ActivationMantissaBits,
    localparam int MagnitudeBits =
        (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 2
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic [ MagnitudeBits-1:0] product_i,
    input  logic                      negative_i,
    input  logic [     SumInBits-1:0] sum_i,
    output logic [       SumBits-1:0] sum_o
);
  if (FusedBits < 0 || FusedBits > 4) $error("minifloat_fused_row: FusedBits must be 0..4");
  if (SumBits <= MagnitudeBits) $error("minifloat_fused_row: SumBits must exceed MagnitudeBits");
  if (SumInBits > SumBits) $error("minifloat_fused_row: SumInBits must not exceed SumBits");

  logic [MagnitudeBits-1:0] product;
  logic [SumBits-1:0] row;
  logic [SumBits-1:0] sum;
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
  for (genvar i = 0; i < MagnitudeBits; i++) begin : gen_bit
    if (i < FusedBits) begin : gen_fused
      assign product[i] = low[i];
    end else begin : gen_ready
      assign product[i] = product_i[i];
    end
  end

  if (Signed != 0) begin : gen_signed
    assign row = {{(SumBits - MagnitudeBits) {negative_i}}, product ^ {MagnitudeBits{negative_i}}};
  end else begin : gen_offset
    logic positive;
    assign positive = ~negative_i;
    assign row = {(SumBits - MagnitudeBits)'(positive), product ^ {MagnitudeBits{negative_i}}};
  end
  assign sum = First != 0 ? '0 : SumBits'(sum_i);
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(sum),
      .addend_i(row),
      .carry_i(negative_i),
      .sum_o(sum_o)
  );
  assign unused = ^{weight_i, activation_i, product_i, low, sum_i};
endmodule : minifloat_fused_row
