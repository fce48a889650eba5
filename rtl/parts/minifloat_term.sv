// minifloat_term: sum_o = sum_i + w * a in units of the product's lsb: one lane of an exact sum.
//
// Signed 0: adds w * a + negative_o * 2^MagnitudeBits, never negative, for chains.  Signed 1: adds w * a modulo 2^SumBits,
// for accumulators.  first_i: as in signed_row_add.
//
// Structure, chosen from the widths alone; the row is the last stage and holds the adder:
//   codes of 6 magnitude bits in all    one table a product bit or code bit, row
//   one-bit exponents (integers)        significand product, row
//   two-bit exponents                   significand product, shift by one exponent, shift by the other in the row
//   others                              significand product, exponent sum, shift by its low bits in a ring, 3 or 4 windows
//                                       in the row
//
// Costs: instances u_multiply* make the significand product (or the whole magnitude where it is a table) and the sign,
// u_align* the exponent sum and the shifts before the row, u_accumulate* the row with the last shift.
//
// Latency: 0 (combinational).  Range: exponent bits 1..6, mantissa bits 1..6, code bits up to 8.
// LUTs expected (Signed 0): 2+1 bits 13, 2+3 37, 3+2 40, 4+3 77, 5+2 105.
module minifloat_term #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int SumInBits = 36,
    parameter int SumBits = 37,
    parameter int Signed = 0,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic                      first_i,
    input  logic [     SumInBits-1:0] sum_i,
    output logic                      negative_o,
    output logic [       SumBits-1:0] sum_o
);
  localparam int MagnitudeBits =
      (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 2;
  localparam int WeightSignificandBits = WeightMantissaBits + 1;
  localparam int ActivationSignificandBits = ActivationMantissaBits + 1;
  localparam int ProductBits = WeightSignificandBits + ActivationSignificandBits;
  localparam int OneBit = WeightExponentBits == 1 && ActivationExponentBits == 1 ? 1 : 0;
  localparam int TwoBit = WeightExponentBits == 2 && ActivationExponentBits == 2 ? 1 : 0;
  localparam int IsTable = WeightBits + ActivationBits <= 8 ? 1 : 0;
  // The top of a significand is the flag of a subnormal, inverted, or the one-bit exponent itself.
  localparam int WeightInverted = WeightExponentBits > 1 ? 1 : 0;
  localparam int ActivationInverted = ActivationExponentBits > 1 ? 1 : 0;

  logic weight_zero;
  logic activation_zero;
  logic negative;
  logic [WeightExponentBits-1:0] weight_exponent;
  logic [ActivationExponentBits-1:0] activation_exponent;
  logic [WeightMantissaBits-1:0] weight_mantissa;
  logic [ActivationMantissaBits-1:0] activation_mantissa;
  logic [WeightMantissaBits:0] weight_significand;
  logic [ActivationMantissaBits:0] activation_significand;
  logic unused;

  assign weight_exponent = weight_i[WeightBits-2:WeightMantissaBits];
  assign activation_exponent = activation_i[ActivationBits-2:ActivationMantissaBits];
  assign weight_mantissa = weight_i[WeightMantissaBits-1:0];
  assign activation_mantissa = activation_i[ActivationMantissaBits-1:0];
  assign weight_significand = {WeightInverted != 0 ? weight_zero : weight_exponent[0], weight_mantissa};
  assign activation_significand = {ActivationInverted != 0 ? activation_zero : activation_exponent[0], activation_mantissa};
  assign negative_o = negative;
  assign unused = ^{weight_zero, activation_zero, weight_exponent, activation_exponent, weight_significand,
                    activation_significand};

  minifloat_zeros #(
      .WeightExponentBits(WeightExponentBits),
      .ActivationExponentBits(ActivationExponentBits)
  ) u_multiply_fields (
      .weight_sign_i(weight_i[WeightBits-1]),
      .activation_sign_i(activation_i[ActivationBits-1]),
      .weight_exponent_i(weight_exponent),
      .activation_exponent_i(activation_exponent),
      .weight_zero_o(weight_zero),
      .activation_zero_o(activation_zero),
      .negative_o(negative)
  );

  if (IsTable != 0 || OneBit != 0) begin : gen_fused
    // Product bits that the row computes itself.
    localparam int AllFused = OneBit != 0 && ProductBits == 4 ? 1 : 0;
    localparam int FusedBits = AllFused != 0 ? 4 : (OneBit != 0 ? 2 : 1);
    // Few enough product values to name them by four nets.
    localparam int Coded = OneBit == 0 && WeightMantissaBits == 1 && ActivationMantissaBits == 1 &&
                           WeightExponentBits <= 2 && ActivationExponentBits <= 2 ? 1 : 0;
    logic [MagnitudeBits-1:0] product;
    if (AllFused != 0) begin : gen_row_only
      assign product = '0;
    end else if (IsTable != 0) begin : gen_table
      minifloat_table #(
          .WeightExponentBits(WeightExponentBits),
          .WeightMantissaBits(WeightMantissaBits),
          .ActivationExponentBits(ActivationExponentBits),
          .ActivationMantissaBits(ActivationMantissaBits),
          .First(FusedBits),
          .Coded(Coded)
      ) u_multiply_table (
          .weight_i(weight_i[WeightBits-2:0]),
          .activation_i(activation_i[ActivationBits-2:0]),
          .product_o(product[MagnitudeBits-1:FusedBits])
      );
      assign product[FusedBits-1:0] = '0;
    end else begin : gen_product
      significand_multiplier #(
          .XBits(WeightSignificandBits),
          .YBits(ActivationSignificandBits)
      ) u_multiply_product (
          .x_i(weight_i[WeightBits-2:0]),
          .y_i(activation_i[ActivationBits-2:0]),
          .product_o(product)
      );
    end
    minifloat_fused_row #(
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .FusedBits(FusedBits),
        .Coded(Coded),
        .SumInBits(SumInBits),
        .SumBits(SumBits),
        .Signed(Signed)
    ) u_accumulate_row (
        .weight_i(weight_i[WeightBits-2:0]),
        .activation_i(activation_i[ActivationBits-2:0]),
        .product_i(product),
        .negative_i(negative),
        .first_i(first_i),
        .sum_i(sum_i),
        .sum_o(sum_o)
    );
  end else if (TwoBit != 0) begin : gen_pair
    logic [ProductBits-1:0] product;
    logic [ProductBits+1:0] shifted;
    significand_multiplier #(
        .XBits(WeightSignificandBits),
        .YBits(ActivationSignificandBits),
        .XTopInverted(WeightInverted),
        .YTopInverted(ActivationInverted)
    ) u_multiply_product (
        .x_i(weight_significand),
        .y_i(activation_significand),
        .product_o(product)
    );
    signed_shift_stage #(
        .DataBits(ProductBits)
    ) u_align_shift (
        .data_i(product),
        .exponent_i(weight_exponent),
        .negative_i(negative),
        .data_o(shifted)
    );
    minifloat_shift_row #(
        .DataBits(ProductBits + 2),
        .SumInBits(SumInBits),
        .SumBits(SumBits),
        .Signed(Signed)
    ) u_accumulate_row (
        .data_i(shifted),
        .exponent_i(activation_exponent),
        .negative_i(negative),
        .first_i(first_i),
        .sum_i(sum_i),
        .sum_o(sum_o)
    );
  end else begin : gen_window
    // The exponent sum s = max(we, 1) + max(ae, 1) runs from Base to Largest; its ShiftBits low bits shift before the
    // row, the others (0..3) are the window of the row.
    localparam int Base = (WeightExponentBits > 1 ? 1 : 0) + (ActivationExponentBits > 1 ? 1 : 0);
    localparam int Largest = (WeightExponentBits > 1 ? (1 << WeightExponentBits) - 1 : 0) +
                             (ActivationExponentBits > 1 ? (1 << ActivationExponentBits) - 1 : 0);
    localparam int ExponentBits = $clog2(Largest + 1);
    localparam int ShiftBits = ExponentBits > 2 ? ExponentBits - 2 : 0;
    localparam int Spacing = 1 << ShiftBits;
    localparam int Windows = (Largest >> ShiftBits) + 1;
    localparam int ReachBits = ProductBits + Spacing - 1;
    // A ring as long as a window holds the shifted product in fewer bits than it reaches.
    localparam int Ring = ProductBits <= Spacing ? Spacing : ReachBits;
    localparam int RingBits = ReachBits < Ring ? ReachBits : Ring;
    localparam int LastBits = ProductBits + Largest - (Windows - 1) * Spacing;

    logic [ExponentBits-1:0] exponent;
    logic [RingBits-1:0] shifted;
    logic [Ring-1:0] flags;

    minifloat_exponent_chain #(
        .WeightExponentBits(WeightExponentBits),
        .ActivationExponentBits(ActivationExponentBits),
        .SumBits(ExponentBits)
    ) u_align_exponent (
        .weight_exponent_i(weight_exponent),
        .activation_exponent_i(activation_exponent),
        .weight_zero_i(weight_zero),
        .activation_zero_i(activation_zero),
        .sum_o(exponent)
    );

    if (ProductBits == 4 && ShiftBits > 1) begin : gen_table
      // The first two bits of the shift and the product in one table.
      localparam int TableBits = Ring < 7 ? Ring : 7;
      logic [TableBits-1:0] first;
      product_shift_table #(
          .Ring(Ring),
          .XTopInverted(WeightInverted),
          .YTopInverted(ActivationInverted)
      ) u_align_table (
          .x_i(weight_significand),
          .y_i(activation_significand),
          .shift_i(exponent[1:0]),
          .shifted_o(first)
      );
      ring_align #(
          .DataBits(ProductBits),
          .ShiftBits(ShiftBits),
          .Ring(Ring),
          .Done(2)
      ) u_align_shift (
          .data_i(first),
          .shift_i(exponent[ShiftBits-1:0]),
          .data_o(shifted),
          .flag_o(flags)
      );
    end else begin : gen_product
      logic [ProductBits-1:0] product;
      significand_multiplier #(
          .XBits(WeightSignificandBits),
          .YBits(ActivationSignificandBits),
          .XTopInverted(WeightInverted),
          .YTopInverted(ActivationInverted)
      ) u_multiply_product (
          .x_i(weight_significand),
          .y_i(activation_significand),
          .product_o(product)
      );
      if (ShiftBits == 0) begin : gen_unshifted
        assign shifted = product;
        assign flags = '0;
      end else begin : gen_shifted
        ring_align #(
            .DataBits(ProductBits),
            .ShiftBits(ShiftBits),
            .Ring(Ring)
        ) u_align_shift (
            .data_i(product),
            .shift_i(exponent[ShiftBits-1:0]),
            .data_o(shifted),
            .flag_o(flags)
        );
      end
    end

    minifloat_window_row #(
        .ReachBits(ReachBits),
        .Ring(Ring),
        .Spacing(Spacing),
        .Windows(Windows),
        .Offset(Base),
        .LastBits(LastBits),
        .MagnitudeBits(MagnitudeBits),
        .SumInBits(SumInBits),
        .SumBits(SumBits),
        .Signed(Signed)
    ) u_accumulate_row (
        .data_i(shifted),
        .flag_i(flags),
        .window_i(2'(exponent >> ShiftBits)),
        .negative_i(negative),
        .first_i(first_i),
        .sum_i(sum_i),
        .sum_o(sum_o)
    );
  end
endmodule : minifloat_term
