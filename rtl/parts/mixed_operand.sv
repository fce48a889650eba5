// mixed_operand: the parts of a code, value = (-1)^negative * significand << (exponent - Base), for the forms a pair of
// different kinds is made of.
//
//   Form  code                                    significand             exponent                     Base
//   0     {sign, e, m}, subnormals                {e != 0, m}             max(e, 1); 0 if x is 1       1; 0 if x is 1
//   1     {sign, t}                               1                       t                            0
//   2     {two bits of sign: 0, +1, 0, -1, t}     whether the sign is 1   t                            0
//   3     two's complement                        magnitude               0                            0
//   4     unsigned integer                        the code                0                            0
//   5     {e, m}, as form 0 without a sign
//   6     {sign, magnitude}                       the magnitude           0                            0
//   7     posit                                   as form 0, of a minifloat with x and y bits of that value
//   8     HiFloat8                                the same, x 6 and y 3
//   9     {sign, APoT of x terms}                 y + 1 bits              0                            0
//   10    {APoT of x terms}, as form 9 without a sign
//   Form 0, 2 + 1 bits: 4'b1011 -> negative 1, significand 3, exponent 1;  form 3, 4 bits: 4'b1000 -> 1, 8, 0
//
// x and y are ExponentBits and MantissaBits; forms 1 and 2 have x bits of t, the others none. Form 0 with y = 0 is a power
// of two with a zero.
// Ports: hidden_o whether e is not 0, which minifloat_exponent_sum and mixed_exponent want (forms 0, 5, 7 and 8).
// Latency: 0 (combinational).  Range: Bits 1..8, x up to 6.  Golden: ng_decode_finite.
// LUTs expected: 1 for the hidden bit; form 3: one a magnitude bit; from form 7 on those of decoded_fields, form 7 also one a
// magnitude bit.
(* keep_hierarchy *)
module mixed_operand #(
    parameter int Form = 0,
    parameter int Bits = 8,
    parameter int ExponentBits = 4,
    parameter int MantissaBits = 3,
    localparam int FieldBits = ExponentBits > 0 && Form < 9 ? ExponentBits : 1,
    localparam int SignificandBits = Form == 1 || Form == 2 ? 1 : (Form == 3 || Form == 4 ? Bits :
                                     (Form == 6 ? Bits - 1 : MantissaBits + 1))
) (
    input  logic [           Bits-1:0] code_i,
    output logic                       negative_o,
    output logic                       hidden_o,
    output logic [      FieldBits-1:0] exponent_o,
    output logic [SignificandBits-1:0] significand_o
);
  if (Form < 0 || Form > 10) $error("mixed_operand: Form must be 0..10");

  if (Form == 0 || Form == 5) begin : gen_float
    logic [ExponentBits-1:0] field;
    assign field = code_i[MantissaBits+:ExponentBits];
    assign exponent_o = field;
    assign hidden_o = |field;
    if (MantissaBits > 0) begin : gen_mantissa
      assign significand_o = {hidden_o, code_i[MantissaBits-1:0]};
    end else begin : gen_power
      assign significand_o = hidden_o;
    end
    if (Form == 0) begin : gen_signed
      assign negative_o = code_i[Bits-1];
    end else begin : gen_unsigned
      assign negative_o = 1'b0;
    end
  end else if (Form == 1 || Form == 2) begin : gen_shift
    assign hidden_o = 1'b1;
    assign negative_o = code_i[Bits-1];
    assign significand_o = Form == 1 ? 1'b1 : code_i[Bits-Form];
    if (ExponentBits > 0) begin : gen_field
      assign exponent_o = code_i[FieldBits-1:0];
    end else begin : gen_no_field
      assign exponent_o = 1'b0;
    end
  end else if (Form == 8 || Form == 9) begin : gen_signed_table
    assign negative_o = code_i[Bits-1];
    decoded_fields #(
        .Form(Form),
        .MagnitudeBits(Bits - 1),
        .ExponentBits(ExponentBits),
        .MantissaBits(MantissaBits)
    ) u_multiply_fields (
        .magnitude_i(code_i[Bits-2:0]),
        .hidden_o(hidden_o),
        .exponent_o(exponent_o),
        .significand_o(significand_o)
    );
  end else if (Form == 10) begin : gen_unsigned_table
    assign negative_o = 1'b0;
    decoded_fields #(
        .Form(Form),
        .MagnitudeBits(Bits),
        .ExponentBits(ExponentBits),
        .MantissaBits(MantissaBits)
    ) u_multiply_fields (
        .magnitude_i(code_i),
        .hidden_o(hidden_o),
        .exponent_o(exponent_o),
        .significand_o(significand_o)
    );
  end else begin : gen_integer
    logic [Bits-1:0] carry;
    logic [Bits-1:0] magnitude;
    assign negative_o = Form != 4 && code_i[Bits-1];
    // Gates, not a carry chain: -code = ~code + 1.
    assign carry[0] = negative_o;
    for (genvar i = 1; i < Bits; i++) begin : gen_carry
      assign carry[i] = negative_o & ~(|code_i[i-1:0]);
    end
    assign magnitude = Form == 3 || Form == 7 ? (code_i ^ {Bits{negative_o}}) ^ carry : code_i;
    if (Form == 7) begin : gen_posit
      decoded_fields #(
          .Form(Form),
          .MagnitudeBits(Bits - 1),
          .ExponentBits(ExponentBits),
          .MantissaBits(MantissaBits)
      ) u_multiply_fields (
          .magnitude_i(magnitude[Bits-2:0]),
          .hidden_o(hidden_o),
          .exponent_o(exponent_o),
          .significand_o(significand_o)
      );
    end else begin : gen_whole
      assign hidden_o = 1'b1;
      assign exponent_o = '0;
      assign significand_o = magnitude[SignificandBits-1:0];
    end
    logic unused_top;
    assign unused_top = magnitude[Bits-1];
  end
endmodule : mixed_operand
