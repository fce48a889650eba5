// mixed_table: product_o = |w| * |a| in units of the product's lsb, a constant table of the bits that |w| and |a| depend
// on: the whole code (forms 3, 4, 5 of mixed_operand), the code without its sign (0, 1, 6) or without the upper one (2).
//
//   weight form 2 without t: w 2'b11, activation form 0, 2 + 1 bits: a 4'b0011 -> 1 * 3 = 3
//
// Latency: 0 (combinational).  Range: at most 6 such bits in all; MagnitudeBits up to 32.
// LUTs expected: one a bit, or none of its own where four bits are left for the row after it.
module mixed_table #(
    parameter int WeightForm = 0,
    parameter int WeightBits = 4,
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationForm = 0,
    parameter int ActivationBits = 4,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    parameter int MagnitudeBits = 8
) (
    input  logic [    WeightBits-1:0] weight_i,
    input  logic [ActivationBits-1:0] activation_i,
    output logic [ MagnitudeBits-1:0] product_o
);
  localparam int WeightUsed = WeightForm == 3 || WeightForm == 4 || WeightForm == 5 ? WeightBits : WeightBits - 1;
  localparam int ActivationUsed =
      ActivationForm == 3 || ActivationForm == 4 || ActivationForm == 5 ? ActivationBits : ActivationBits - 1;
  if (WeightUsed + ActivationUsed > 6) $error("mixed_table: more than 6 code bits");
  if (MagnitudeBits > 32) $error("mixed_table: MagnitudeBits must be at most 32");

  // |code| in units of the form's lsb, for the bits of the code that count.
  function automatic logic [31:0] magnitude(input int form, input int bits, input int x, input int y, input int code);
    int field;
    field = (code >> y) & ((1 << x) - 1);
    magnitude = 32'(code);
    if (form == 0 || form == 5) begin
      magnitude = 32'((code & ((1 << y) - 1)) + (field != 0 ? 1 << y : 0)) << (field > 1 ? field - 1 : 0);
    end
    if (form == 1) magnitude = 32'd1 << code;
    if (form == 2) magnitude = 32'((code >> x) & 1) << (code & ((1 << x) - 1));
    if (form == 3 && code >= (1 << (bits - 1))) magnitude = 32'((1 << bits) - code);
  endfunction
  function automatic logic [64*32-1:0] products(input int entries);
    products = '0;
    for (int entry = 0; entry < 64; entry++) begin
      if (entry < entries) begin
        products[entry*32+:32] =
            magnitude(WeightForm, WeightBits, WeightExponentBits, WeightMantissaBits, entry & ((1 << WeightUsed) - 1)) *
            magnitude(ActivationForm, ActivationBits, ActivationExponentBits, ActivationMantissaBits, entry >> WeightUsed);
      end
    end
  endfunction
  localparam logic [64*32-1:0] PRODUCTS = products(1 << (WeightUsed + ActivationUsed));

  logic [WeightUsed+ActivationUsed-1:0] index;
  logic unused_signs;
  if (WeightUsed == 0) begin : gen_activation
    assign index = activation_i[ActivationUsed-1:0];
  end else if (ActivationUsed == 0) begin : gen_weight
    assign index = weight_i[WeightUsed-1:0];
  end else begin : gen_both
    assign index = {activation_i[ActivationUsed-1:0], weight_i[WeightUsed-1:0]};
  end
  assign unused_signs = ^{weight_i, activation_i};
  assign product_o = PRODUCTS[{6'(index), 5'b00000}+:MagnitudeBits];
endmodule : mixed_table
