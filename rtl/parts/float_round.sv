// float_round: code_o = the number of the format {ExponentBits, MantissaBits} nearest to a normalised one; ties to even.
//
//   x = (top_i ^ negative) . (1 1 1 ... if negative) is the magnitude less one unit of the last place where negative, as in
//   minifloat_round, so that no carry is needed to negate. sticky_i, lost_i: a 1 below top_i before the complement.
//   code = (scale_i << MantissaBits) + significand, rounded: the significand's leading one adds itself to the field. sign_i is
//   the sign of the number if negative_i is 0. An exact zero is +0.
// Subnormals 1: scale_i < 0 moves the significand down by -scale_i and counts 0. Ends 1: beyond the largest finite number the
// result is infinite. Where sums cannot reach either, 0 saves it.
//
// Latency: 0 (combinational).  Range: ScaleBits >= ExponentBits + 2, scale_i two's complement.
// LUTs expected: 2 * MantissaBits; with subnormals 3 * MantissaBits more.
(* keep_hierarchy *)
module float_round #(
    parameter int ExponentBits = 8,
    parameter int MantissaBits = 23,
    parameter int ScaleBits = 10,
    parameter int Subnormals = 1,
    parameter int Ends = 1,
    localparam int TopBits = MantissaBits + 2,
    localparam int CodeBits = 1 + ExponentBits + MantissaBits
) (
    input  logic                 negative_i,
    input  logic                 sign_i,
    input  logic [  TopBits-1:0] top_i,
    input  logic                 sticky_i,
    input  logic                 lost_i,
    input  logic [ScaleBits-1:0] scale_i,
    output logic [ CodeBits-1:0] code_o
);
  if (ScaleBits < ExponentBits + 2) $error("float_round: ScaleBits must be at least ExponentBits + 2");

  localparam int WideBits = ScaleBits + MantissaBits;
  localparam int RightBits = $clog2(TopBits + 1);
  logic [TopBits-1:0] whole;
  logic [TopBits-1:0] kept;
  logic sticky;
  logic rest;
  logic up;
  logic none;
  logic [ScaleBits-1:0] scale;
  logic [WideBits-1:0] rounded;
  logic [CodeBits-2:0] magnitude;

  assign sticky = sticky_i | lost_i;
  assign whole = top_i ^ {TopBits{negative_i}};
  assign none = ~negative_i & ~top_i[TopBits-1] & ~sticky & ~(|top_i);
  if (Subnormals != 0) begin : gen_subnormal
    // Right by -scale = ~scale + 1: one place by wiring.
    logic below;
    logic far;
    logic [ScaleBits-2:0] right;
    logic [TopBits-1:0] first;
    logic [RightBits:0] lost;
    assign below = scale_i[ScaleBits-1];
    assign right = ~scale_i[ScaleBits-2:0];
    assign far = below & (|(right >> RightBits));
    assign first = below ? whole >> 1 : whole;
    assign lost[0] = below & (whole[0] ^ negative_i);
    for (genvar k = 0; k < RightBits; k++) begin : gen_stage
      localparam int Step = 1 << k;
      logic [TopBits-1:0] in;
      logic [TopBits-1:0] out;
      logic [Step-1:0] gone;
      if (k == 0) begin : gen_first
        assign in = first;
      end else begin : gen_next
        assign in = gen_stage[k-1].out;
      end
      assign gone = in[Step-1:0] ^ {Step{negative_i}};
      assign out = below & right[k] ? in >> Step : in;
      assign lost[k+1] = below & right[k] & (|gone);
    end
    assign kept = far ? '0 : gen_stage[RightBits-1].out;
    assign rest = sticky | (|lost) | far;
    assign scale = below ? '0 : scale_i;
  end else begin : gen_normal
    assign kept = whole;
    assign rest = sticky;
    assign scale = scale_i;
  end
  assign up = negative_i ? kept[0] | (~rest & kept[1]) : kept[0] & (rest | kept[1]);
  carry_add #(
      .Bits(WideBits)
  ) u_round (
      .acc_i({scale, kept[MantissaBits:1]}),
      .addend_i(WideBits'(kept[TopBits-1]) << MantissaBits),
      .carry_i(up),
      .sum_o(rounded)
  );
  if (Ends != 0) begin : gen_ends
    logic infinite;
    assign infinite = |(rounded[WideBits-1:MantissaBits] >> ExponentBits) | (&rounded[MantissaBits+:ExponentBits]);
    assign magnitude = infinite ? {{ExponentBits{1'b1}}, MantissaBits'(0)} : rounded[CodeBits-2:0];
  end else begin : gen_no_ends
    logic unused;
    assign unused = ^rounded[WideBits-1:CodeBits-1];
    assign magnitude = rounded[CodeBits-2:0];
  end
  assign code_o = none ? '0 : {sign_i ^ negative_i, magnitude};
endmodule : float_round
