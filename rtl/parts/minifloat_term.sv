// minifloat_term: sum_o = sum_i + w * a in units of the product's lsb: one lane of an exact sum.
//
// Signed 0: adds w * a + 2^MagnitudeBits, never negative, for chains.  Signed 1: adds w * a modulo 2^SumBits, for
// accumulators.  Start, first_i: as in signed_row_add.
//
// Structure, chosen from the widths alone; the row is the last stage and holds the adder:
//   codes of 6 magnitude bits in all    one table a product bit or code bit, row
//   one-bit exponents (integers)        significand product, row
//   two-bit exponents                   significand product, shift by one exponent, shift by the other in the row
//   others                              significand product, exponent sum, shift by its low bits, 3 or 4 windows in the row
//
// Costs: instances u_multiply* make the significand product (or the whole magnitude where it is a table) and the sign,
// u_align* the exponent sum and the shifts before the row, u_accumulate* the row with the last shift.
//
// Latency: 0 (combinational).  Range: exponent bits 1..6, mantissa bits 1..6, code bits up to 8.
// LUTs expected (Signed 0): 2+1 bits 14, 2+3 40, 3+2 43, 4+3 86, 5+2 112.
module minifloat_term #(
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int SumInBits = 37,
    parameter int SumBits = 38,
    parameter int Signed = 0,
    parameter int Start = 0,
    localparam int WeightBits = 1 + WeightExponentBits + WeightMantissaBits,
    localparam int ActivationBits = 1 + ActivationExponentBits + ActivationMantissaBits
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic                      first_i,
    input  logic [     SumInBits-1:0] sum_i,
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

  logic weight_hidden;
  logic activation_hidden;
  logic negative;
  logic [WeightExponentBits-1:0] weight_exponent;
  logic [ActivationExponentBits-1:0] activation_exponent;
  logic [WeightMantissaBits-1:0] weight_mantissa;
  logic [ActivationMantissaBits-1:0] activation_mantissa;
  logic unused;

  assign weight_exponent = weight_i[WeightBits-2:WeightMantissaBits];
  assign activation_exponent = activation_i[ActivationBits-2:ActivationMantissaBits];
  assign weight_mantissa = weight_i[WeightMantissaBits-1:0];
  assign activation_mantissa = activation_i[ActivationMantissaBits-1:0];
  assign unused = ^{weight_hidden, activation_hidden, weight_exponent, activation_exponent, weight_mantissa,
                    activation_mantissa};

  minifloat_fields #(
      .WeightExponentBits(WeightExponentBits),
      .ActivationExponentBits(ActivationExponentBits)
  ) u_multiply_fields (
      .weight_sign_i(weight_i[WeightBits-1]),
      .activation_sign_i(activation_i[ActivationBits-1]),
      .weight_exponent_i(weight_exponent),
      .activation_exponent_i(activation_exponent),
      .weight_hidden_o(weight_hidden),
      .activation_hidden_o(activation_hidden),
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
        .Signed(Signed),
        .Start(Start)
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
        .YBits(ActivationSignificandBits)
    ) u_multiply_product (
        .x_i({weight_hidden, weight_mantissa}),
        .y_i({activation_hidden, activation_mantissa}),
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
        .Signed(Signed),
        .Start(Start)
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
    localparam int ShiftedBits = ProductBits + Spacing - 1;
    localparam int LastBits = ProductBits + Largest - (Windows - 1) * Spacing;

    logic [ExponentBits-1:0] exponent;
    logic [ShiftedBits-1:0] shifted;

    minifloat_exponent_sum #(
        .WeightExponentBits(WeightExponentBits),
        .ActivationExponentBits(ActivationExponentBits),
        .SumBits(ExponentBits)
    ) u_align_exponent (
        .weight_exponent_i(weight_exponent),
        .activation_exponent_i(activation_exponent),
        .weight_hidden_i(weight_hidden),
        .activation_hidden_i(activation_hidden),
        .sum_o(exponent)
    );

    if (ShiftBits == 0) begin : gen_unshifted
      significand_multiplier #(
          .XBits(WeightSignificandBits),
          .YBits(ActivationSignificandBits)
      ) u_multiply_product (
          .x_i({weight_hidden, weight_mantissa}),
          .y_i({activation_hidden, activation_mantissa}),
          .product_o(shifted)
      );
    end else begin : gen_shifted
      localparam int FirstBits = ShiftBits > 1 ? 2 : 1;
      localparam int FirstShiftedBits = ProductBits + (1 << FirstBits) - 1;
      logic [FirstShiftedBits-1:0] first;
      if (ProductBits == 4 && FirstBits == 2) begin : gen_table
        product_shift_table u_align_table (
            .x_i({weight_hidden, weight_mantissa}),
            .y_i({activation_hidden, activation_mantissa}),
            .shift_i(exponent[1:0]),
            .shifted_o(first)
        );
      end else begin : gen_product
        logic [ProductBits-1:0] product;
        significand_multiplier #(
            .XBits(WeightSignificandBits),
            .YBits(ActivationSignificandBits)
        ) u_multiply_product (
            .x_i({weight_hidden, weight_mantissa}),
            .y_i({activation_hidden, activation_mantissa}),
            .product_o(product)
        );
        shift_stage #(
            .DataBits(ProductBits),
            .SelectBits(FirstBits),
            .Step(1)
        ) u_align_first (
            .data_i(product),
            .select_i(exponent[FirstBits-1:0]),
            .data_o(first)
        );
      end
      if (ShiftBits > 4) begin : gen_three
        logic [ProductBits+14:0] second;
        shift_stage #(
            .DataBits(FirstShiftedBits),
            .SelectBits(2),
            .Step(4)
        ) u_align_second (
            .data_i(first),
            .select_i(exponent[3:2]),
            .data_o(second)
        );
        shift_stage #(
            .DataBits(ProductBits + 15),
            .SelectBits(ShiftBits - 4),
            .Step(16)
        ) u_align_third (
            .data_i(second),
            .select_i(exponent[ShiftBits-1:4]),
            .data_o(shifted)
        );
      end else if (ShiftBits > 2) begin : gen_two
        shift_stage #(
            .DataBits(FirstShiftedBits),
            .SelectBits(ShiftBits - 2),
            .Step(4)
        ) u_align_second (
            .data_i(first),
            .select_i(exponent[ShiftBits-1:2]),
            .data_o(shifted)
        );
      end else begin : gen_one
        assign shifted = first;
      end
    end

    minifloat_window_row #(
        .DataBits(ShiftedBits),
        .Spacing(Spacing),
        .Windows(Windows),
        .Offset(Base),
        .LastBits(LastBits),
        .MagnitudeBits(MagnitudeBits),
        .SumInBits(SumInBits),
        .SumBits(SumBits),
        .Signed(Signed),
        .Start(Start)
    ) u_accumulate_row (
        .data_i(shifted),
        .window_i(2'(exponent >> ShiftBits)),
        .negative_i(negative),
        .first_i(first_i),
        .sum_i(sum_i),
        .sum_o(sum_o)
    );
  end
endmodule : minifloat_term
