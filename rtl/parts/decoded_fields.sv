// decoded_fields: the fields of a minifloat with subnormals of the same value as a magnitude of another kind, a constant
// table: magnitude = significand << (max(exponent, 1) - 1) in units of the kind's lsb.
//
//   Form 7  posit of Bits bits: MantissaBits = Bits - 3 - es of the longest fraction
//   Form 8  HiFloat8
//   Form 9, 10  APoT of ExponentBits terms, an integer of MantissaBits + 1 bits: no exponent
//   Form 7, 8 bits, MantissaBits 5 (es 0): 7'b1000000 (1.0, of lsb 2^-6) -> exponent 2, significand 6'b100000
//
// Ports: magnitude_i the code without its sign (a negative posit negated); hidden_o whether exponent_o is not 0.
// Latency: 0 (combinational).  Range: MagnitudeBits 1..8; fields of up to 6 bits, significands of up to 8.
// Golden: ng_decode_finite.  LUTs expected: 1 to 3 an output bit.
(* keep_hierarchy *)
module decoded_fields #(
    parameter int Form = 7,
    parameter int MagnitudeBits = 7,
    parameter int ExponentBits = 5,
    parameter int MantissaBits = 4,
    localparam int FieldBits = Form < 9 ? ExponentBits : 1
) (
    input  logic [MagnitudeBits-1:0] magnitude_i,
    output logic                     hidden_o,
    output logic [    FieldBits-1:0] exponent_o,
    output logic [   MantissaBits:0] significand_o
);
  if (Form < 7 || Form > 10) $error("decoded_fields: Form must be 7..10");
  localparam int Terms = ExponentBits;

  function automatic int leading_one(input logic [63:0] value);
    leading_one = 0;
    for (int step = 32; step > 0; step = step / 2) if ((value >> (leading_one + step)) != '0) leading_one = leading_one + step;
  endfunction

  // Regime: a run of equal bits; es bits after its end; fraction. The lsb is the least posit, 2^-((Bits - 2) << es).
  function automatic logic [63:0] posit(input int code);
    int es, run, left, regime, exponent, fraction_bits, power, significand;
    logic first, ended;
    es = MagnitudeBits - 2 - MantissaBits;
    first = ((code >> (MagnitudeBits - 1)) & 1) != 0;
    run = 0;
    ended = 1'b0;
    for (int i = MagnitudeBits - 1; i >= 0; i--) begin
      if ((((code >> i) & 1) != 0) == first && !ended) run++;
      else ended = 1'b1;
    end
    regime = first ? run - 1 : -run;
    left = MagnitudeBits - run - 1 > 0 ? MagnitudeBits - run - 1 : 0;
    fraction_bits = left > es ? left - es : 0;
    exponent = code & ((1 << left) - 1);
    exponent = left > es ? exponent >> fraction_bits : exponent << (es - left);
    power = (regime << es) + exponent + ((MagnitudeBits - 1) << es) - fraction_bits;
    significand = (1 << fraction_bits) | (code & ((1 << fraction_bits) - 1));
    posit = 64'(significand) << power;
    if (code == 0) posit = '0;
  endfunction

  // Dot field, exponent in sign and magnitude without its leading one, mantissa. The lsb is 2^-22.
  function automatic logic [63:0] hifloat(input int code);
    int size, width, mantissa_bits, leading, exponent, significand;
    size = code >= 32 ? (code >> 5) + 1 : code >> 4;
    width = code >= 32 ? 2 : (code >= 16 ? 3 : 4);
    mantissa_bits = 7 - width - size;
    exponent = 0;
    if (size > 0) begin
      leading = 1 << (size - 1);
      exponent = leading | ((code >> mantissa_bits) & (leading - 1));
      if (((code >> mantissa_bits) & leading) != 0) exponent = -exponent;
    end
    significand = (1 << mantissa_bits) | (code & ((1 << mantissa_bits) - 1));
    hifloat = 64'(significand) << (exponent - mantissa_bits + 22);
    if (code < 8) hifloat = code == 0 ? '0 : 64'd1 << (code - 1);
  endfunction

  // How far below 2^-bias the power of field i stands at t.
  function automatic int apot_step(input int i, input int t, input int width, input int odd);
    int apart;
    apart = odd != 0 ? Terms - 1 : Terms;
    apot_step = i + (t - 1) * apart;
    if (odd != 0 && i == apart) apot_step = ((1 << width) - 2) * apart;
    else if (odd != 0 && t == (1 << width) - 1) apot_step++;
  endfunction

  function automatic logic [63:0] apot(input int code);
    int odd, width, bits, field, place, farthest;
    odd = MagnitudeBits % Terms != 0 ? 1 : 0;
    width = odd != 0 ? (MagnitudeBits - 1) / (Terms - 1) : MagnitudeBits / Terms;
    farthest = 0;
    for (int i = 0; i < Terms; i++) begin
      bits = odd != 0 && i == Terms - 1 ? 1 : width;
      if (apot_step(i, (1 << bits) - 1, width, odd) > farthest) farthest = apot_step(i, (1 << bits) - 1, width, odd);
    end
    apot = '0;
    place = 0;
    for (int i = 0; i < Terms; i++) begin
      bits = odd != 0 && i == Terms - 1 ? 1 : width;
      field = (code >> place) & ((1 << bits) - 1);
      if (field != 0) apot += 64'd1 << (farthest - apot_step(i, field, width, odd));
      place += bits;
    end
  endfunction

  function automatic logic [256*16-1:0] entries(input int count);
    logic [63:0] value;
    int exponent;
    entries = '0;
    for (int code = 0; code < count; code++) begin
      // Not a choice of three: yosys would evaluate all of them.
      if (Form == 7) value = posit(code);
      else if (Form == 8) value = hifloat(code);
      else value = apot(code);
      exponent = Form < 9 && leading_one(value) >= MantissaBits && value != '0 ? leading_one(value) - MantissaBits + 1 : 0;
      entries[code*16+:8] = 8'(value >> (exponent > 0 ? exponent - 1 : 0));
      entries[code*16+8+:8] = 8'(exponent);
    end
  endfunction
  localparam logic [256*16-1:0] Entries = entries(1 << MagnitudeBits);

  logic [15:0] entry;
  logic unused;
  assign entry = Entries[{8'(magnitude_i), 4'b0000}+:16];
  assign significand_o = entry[MantissaBits:0];
  assign exponent_o = entry[8+:FieldBits];
  assign hidden_o = |exponent_o;
  assign unused = ^entry;
endmodule : decoded_fields
