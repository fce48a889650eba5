// float_fields: a floating-point state and a term, sorted into the one that keeps its place and the one that is moved.
//
//   field_o = the state's exponent field, at least 1;  large_o = below_i ? state's significand : term, from the frame's top;
//   small_o = below_i ? term : state's significand one place lower (see float_align);  sign_o that of the larger;
//   subtract_o = 1 if the signs differ. first_i: the state counts as +0.
//
// Latency: 0 (combinational).  Range: as float_add.
// LUTs expected: one for each bit of both outputs, two bits a site.
(* keep_hierarchy *)
module float_fields #(
    parameter int ExponentBits = 8,
    parameter int MantissaBits = 23,
    parameter int TermBits = 8,
    parameter int SmallBits = 25,
    localparam int StateBits = 1 + ExponentBits + MantissaBits,
    localparam int FrameBits = TermBits + MantissaBits + 2
) (
    input  logic                    first_i,
    input  logic [   StateBits-1:0] state_i,
    input  logic                    negative_i,
    input  logic [    TermBits-1:0] magnitude_i,
    input  logic                    below_i,
    output logic [ExponentBits-1:0] field_o,
    output logic [   FrameBits-1:0] large_o,
    output logic [   SmallBits-1:0] small_o,
    output logic                    sign_o,
    output logic                    subtract_o
);
  logic negative;
  logic hidden;
  logic [ExponentBits-1:0] exponent;
  logic [MantissaBits:0] significand;
  logic [FrameBits-1:0] state;
  logic [FrameBits-1:0] term;
  assign exponent = state_i[MantissaBits+:ExponentBits];
  assign hidden = |exponent;
  assign negative = state_i[StateBits-1] & ~first_i;
  assign field_o = first_i || !hidden ? ExponentBits'(1) : exponent;
  assign significand = first_i ? '0 : {hidden, state_i[MantissaBits-1:0]};
  assign state = FrameBits'(significand) << (FrameBits - MantissaBits - 1);
  assign term = FrameBits'(magnitude_i) << (FrameBits - TermBits);
  assign large_o = below_i ? state : term;
  assign small_o = below_i ? SmallBits'(magnitude_i) << (SmallBits - TermBits)
                           : SmallBits'(significand) << (SmallBits - MantissaBits - 2);
  assign sign_o = below_i ? negative : negative_i;
  assign subtract_o = negative ^ negative_i;
endmodule : float_fields
