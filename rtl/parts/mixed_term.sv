// mixed_term: sum_o = sum_i + w * a in units of the product's lsb, for operands of the forms of mixed_operand.
//
// Signed 0: adds w * a + negative_o * 2^MagnitudeBits, never negative, for chains.  Signed 1: adds w * a modulo 2^SumBits,
// for accumulators.  first_i: as in signed_row_add.
//
// Structure, chosen from the widths alone:
//   at most 4 bits of code apart from signs   the table inside the row
//   at most 6                                 one table a product bit, row
//   others                                    significand product, exponent sum, shift by its low bits, up to 4 windows in
//                                             the row, as in minifloat_term
// Costs: instances u_multiply* make the significands, their product (or the table) and the sign, u_align* the exponent sum
// and the shifts before the row, u_accumulate* the row with the last shift.
// Latency: 0 (combinational).  Range: Bits 1..8 a side, exponents of up to 6 bits.
// LUTs expected (Signed 0): power of two of 4 bits x 4+3 bits 52, integer of 4 bits x 4+3 bits 72.
module mixed_term #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 8,
    parameter int WeightExponentBits = 4,
    parameter int WeightMantissaBits = 3,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 8,
    parameter int ActivationExponentBits = 4,
    parameter int ActivationMantissaBits = 3,
    parameter int MagnitudeBits = 36,
    parameter int SumInBits = 36,
    parameter int SumBits = 37,
    parameter int Signed = 0
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    input  logic                      first_i,
    input  logic [     SumInBits-1:0] sum_i,
    output logic                      negative_o,
    output logic [       SumBits-1:0] sum_o
);
  localparam int WeightFloat = WeightForm == 0 || WeightForm == 5 || WeightForm == 7 || WeightForm == 8 ? 1 : 0;
  localparam int ActivationFloat = ActivationForm == 0 || ActivationForm == 5 || ActivationForm == 7 || ActivationForm == 8 ? 1 : 0;
  localparam int WeightShifts = WeightForm == 1 || WeightForm == 2 ? 1 : 0;
  localparam int ActivationShifts = ActivationForm == 1 || ActivationForm == 2 ? 1 : 0;
  localparam int WeightInteger = WeightForm == 3 || WeightForm == 4 ? WeightBits : (WeightForm == 6 ? WeightBits - 1 : 0);
  localparam int ActivationInteger =
      ActivationForm == 3 || ActivationForm == 4 ? ActivationBits : (ActivationForm == 6 ? ActivationBits - 1 : 0);
  localparam int WeightSignificandBits =
      WeightShifts != 0 ? 1 : (WeightInteger != 0 ? WeightInteger : WeightMantissaBits + 1);
  localparam int ActivationSignificandBits =
      ActivationShifts != 0 ? 1 : (ActivationInteger != 0 ? ActivationInteger : ActivationMantissaBits + 1);
  localparam int WeightFieldBits = WeightExponentBits > 0 && WeightForm < 9 ? WeightExponentBits : 1;
  localparam int ActivationFieldBits = ActivationExponentBits > 0 && ActivationForm < 9 ? ActivationExponentBits : 1;
  // A largest magnitude that is a power of two gives the product one bit less.
  localparam int Less = WeightSignificandBits == 1 || ActivationSignificandBits == 1 || WeightForm == 3 ||
                        ActivationForm == 3 ? 1 : 0;
  localparam int ProductBits = WeightSignificandBits + ActivationSignificandBits - Less;
  localparam int WeightUsed = WeightForm == 3 || WeightForm == 4 || WeightForm == 5 ? WeightBits : WeightBits - 1;
  localparam int ActivationUsed =
      ActivationForm == 3 || ActivationForm == 4 || ActivationForm == 5 ? ActivationBits : ActivationBits - 1;
  localparam int IsTable = WeightUsed + ActivationUsed <= 6 && MagnitudeBits <= 32 && WeightForm < 7 && ActivationForm < 7 ? 1 : 0;
  localparam int IsFused = IsTable != 0 && WeightUsed + ActivationUsed <= 4 ? 1 : 0;
  // The exponent sum runs from Base to Largest.
  localparam int Base = (WeightFloat != 0 && WeightExponentBits > 1 ? 1 : 0) +
                        (ActivationFloat != 0 && ActivationExponentBits > 1 ? 1 : 0);
  localparam int Largest = largest(WeightForm, WeightBits, WeightExponentBits, WeightMantissaBits) +
                           largest(ActivationForm, ActivationBits, ActivationExponentBits, ActivationMantissaBits);
  if (MagnitudeBits != ProductBits + Largest - Base) $error("mixed_term: MagnitudeBits does not fit the forms");

  // The largest exponent of a form; a posit's is that of 2^((bits - 2) << es) in units of 2^-((bits - 2) << es).
  function automatic int largest(input int form, input int bits, input int x, input int y);
    largest = 0;
    if (form == 1 || form == 2 || ((form == 0 || form == 5) && x > 1)) largest = (1 << x) - 1;
    if (form == 7) largest = (2 * (bits - 2) << (bits - 3 - y)) - y + 1;
    if (form == 8) largest = 35;
  endfunction

  logic weight_negative, activation_negative, negative;
  logic weight_hidden, activation_hidden;
  logic [WeightFieldBits-1:0] weight_exponent;
  logic [ActivationFieldBits-1:0] activation_exponent;
  logic [WeightSignificandBits-1:0] weight_significand;
  logic [ActivationSignificandBits-1:0] activation_significand;
  logic unused;

  mixed_operand #(
      .Form(WeightForm),
      .Bits(WeightBits),
      .ExponentBits(WeightExponentBits),
      .MantissaBits(WeightMantissaBits)
  ) u_multiply_weight (
      .code_i(weight_i),
      .negative_o(weight_negative),
      .hidden_o(weight_hidden),
      .exponent_o(weight_exponent),
      .significand_o(weight_significand)
  );
  mixed_operand #(
      .Form(ActivationForm),
      .Bits(ActivationBits),
      .ExponentBits(ActivationExponentBits),
      .MantissaBits(ActivationMantissaBits)
  ) u_multiply_activation (
      .code_i(activation_i),
      .negative_o(activation_negative),
      .hidden_o(activation_hidden),
      .exponent_o(activation_exponent),
      .significand_o(activation_significand)
  );
  sign_product u_multiply_sign (
      .x_i(weight_negative),
      .y_i(activation_negative),
      .negative_o(negative)
  );
  assign negative_o = negative;
  assign unused = ^{weight_hidden, activation_hidden, weight_exponent, activation_exponent, weight_significand,
                    activation_significand};

  if (IsTable != 0) begin : gen_table
    logic [MagnitudeBits-1:0] product;
    if (IsFused != 0) begin : gen_fused
      assign product = '0;
    end else begin : gen_product
      mixed_product_table #(
          .WeightForm(WeightForm),
          .WeightBits(WeightBits),
          .WeightExponentBits(WeightExponentBits),
          .WeightMantissaBits(WeightMantissaBits),
          .ActivationForm(ActivationForm),
          .ActivationBits(ActivationBits),
          .ActivationExponentBits(ActivationExponentBits),
          .ActivationMantissaBits(ActivationMantissaBits),
          .MagnitudeBits(MagnitudeBits)
      ) u_multiply_table (
          .weight_i(weight_i),
          .activation_i(activation_i),
          .product_o(product)
      );
    end
    mixed_table_row #(
        .WeightForm(WeightForm),
        .WeightBits(WeightBits),
        .WeightExponentBits(WeightExponentBits),
        .WeightMantissaBits(WeightMantissaBits),
        .ActivationForm(ActivationForm),
        .ActivationBits(ActivationBits),
        .ActivationExponentBits(ActivationExponentBits),
        .ActivationMantissaBits(ActivationMantissaBits),
        .MagnitudeBits(MagnitudeBits),
        .Fused(IsFused),
        .SumInBits(SumInBits),
        .SumBits(SumBits),
        .Signed(Signed)
    ) u_accumulate_row (
        .weight_i(weight_i),
        .activation_i(activation_i),
        .product_i(product),
        .negative_i(negative),
        .first_i(first_i),
        .sum_i(sum_i),
        .sum_o(sum_o)
    );
  end else begin : gen_window
    // The low ShiftBits bits of the exponent sum shift before the row, the others (0..3) are the window of the row.
    localparam int ExponentBits = Largest > 0 ? $clog2(Largest + 1) : 1;
    localparam int ShiftBits = ExponentBits > 2 ? ExponentBits - 2 : 0;
    localparam int Spacing = 1 << ShiftBits;
    localparam int Windows = (Largest >> ShiftBits) + 1;
    localparam int ReachBits = ProductBits + Spacing - 1;
    localparam int Ring = ProductBits <= Spacing ? Spacing : ReachBits;
    localparam int ShiftedBits = ReachBits < Ring ? ReachBits : Ring;
    localparam int LastBits = ProductBits + Largest - (Windows - 1) * Spacing;
    localparam int Constant = WeightForm == 1 || ActivationForm == 1 ? 1 : 0;

    logic [ExponentBits-1:0] exponent;
    logic [ProductBits-1:0] product;
    logic [ShiftedBits-1:0] shifted;
    logic [Ring-1:0] flags;

    mixed_product #(
        .XBits(WeightSignificandBits),
        .YBits(ActivationSignificandBits),
        .Constant(Constant),
        .ProductBits(ProductBits)
    ) u_product (
        .x_i(weight_significand),
        .y_i(activation_significand),
        .product_o(product)
    );
    mixed_exponent #(
        .WeightFloat(WeightFloat),
        .WeightBits(WeightFieldBits),
        .ActivationFloat(ActivationFloat),
        .ActivationBits(ActivationFieldBits),
        .SumBits(ExponentBits)
    ) u_align_exponent (
        .weight_i(weight_exponent),
        .weight_hidden_i(weight_hidden),
        .activation_i(activation_exponent),
        .activation_hidden_i(activation_hidden),
        .sum_o(exponent)
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
endmodule : mixed_term
