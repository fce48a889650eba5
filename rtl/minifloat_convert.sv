// minifloat_convert: y = code of the output minifloat nearest to sum * 2^-shift, in units of the output's lsb.
//
//   Ties to even; above the largest finite value it saturates; below the normal numbers it rounds to the subnormal grid;
//   a negative value that rounds to zero gives -0, where -0 has a code, an exact 0 gives +0. Never a special code.
//
// Worked rows, output of 2 + 1 bits (values 0 1 2 3 4 6 8 12 lsb), shift_i = 1:
//   sum_i = 5   (2.5)   ->  y_o = 4'b0010 (2, the tie goes to the even code)
//   sum_i = -11 (-5.5)  ->  y_o = 4'b1101 (-6)
//   sum_i = 99  (49.5)  ->  y_o = 4'b0111 (12, saturated)
//   sum_i = -1  (-0.5)  ->  y_o = 4'b1000 (-0)
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: OutputExponentBits 1..6, OutputMantissaBits 1..6, at most 8 code bits; SumBits 3..150; any shift_i.
// Corners: OutputSpecials 1 and 4 saturate at the code below all ones, 2 at the code below the all-ones exponent.
// Costs: u_convert* (everything): leading digit to the top, exponent, rounding.
// Golden: ng_minifloat_convert (model/minifloat_convert.c).
module minifloat_convert #(
    parameter int OutputExponentBits = 4,
    parameter int OutputMantissaBits = 3,
    parameter int OutputSpecials = 0,
    parameter int SumBits = 50,
    localparam int ShiftBits = $clog2(SumBits),
    localparam int OutputBits = 1 + OutputExponentBits + OutputMantissaBits
) (
    input  logic [   SumBits-1:0] sum_i,
    input  logic [ ShiftBits-1:0] shift_i,
    output logic [OutputBits-1:0] y_o
);
  localparam int DataBits = SumBits - 1;
  localparam int TopBits = OutputMantissaBits + 2;
  localparam int PlaceBits = $clog2(DataBits);
  // Scale of the output code for place 2^PlaceBits - 1 and shift 0: the sum's top digit lies MantissaBits above the lsb.
  localparam int Constant = DataBits - 1 - OutputMantissaBits - ((1 << PlaceBits) - 1);
  localparam int ScaleBits = (ShiftBits > 4 ? ShiftBits : 4) + 2;
  if (OutputExponentBits < 1 || OutputMantissaBits < 1 || OutputBits > 8)
    $error("minifloat_convert: the output needs 1..6 exponent and mantissa bits, 8 bits in all");
  if (OutputSpecials < 0 || OutputSpecials > 5) $error("minifloat_convert: Specials must be 0..5");
  if (SumBits < 3) $error("minifloat_convert: SumBits must be at least 3");

  logic [TopBits-1:0] top;
  logic sticky;
  logic [PlaceBits-1:0] place;
  logic [ScaleBits-1:0] scale;

  leading_shift #(
      .DataBits(DataBits),
      .TopBits (TopBits)
  ) u_convert_leading (
      .data_i(sum_i),
      .top_o(top),
      .sticky_o(sticky),
      .place_o(place)
  );
  scale_difference #(
      .PlaceBits(PlaceBits),
      .ShiftBits(ShiftBits),
      .ScaleBits(ScaleBits),
      .Constant(Constant)
  ) u_convert_scale (
      .place_i(place),
      .shift_i(shift_i),
      .scale_o(scale)
  );
  minifloat_round #(
      .ExponentBits(OutputExponentBits),
      .MantissaBits(OutputMantissaBits),
      .Specials(OutputSpecials),
      .ScaleBits(ScaleBits)
  ) u_convert_round (
      .negative_i(sum_i[SumBits-1]),
      .top_i(top),
      .sticky_i(sticky),
      .scale_i(scale),
      .code_o(y_o)
  );
endmodule : minifloat_convert
