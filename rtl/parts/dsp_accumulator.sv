// dsp_accumulator: sum <= (first ? 0 : sum) + field - bias, modulo 2^SumBits, bias 2^(FieldBits - 1) less Carry.
//
// Less its bias, a field is itself with the top bit inverted, read in two's complement, and Carry: one LUT for the inverse, and the
// carry chain's own input for Carry.
//   FieldBits 4, Carry 1, sum 5: field 4'b0110 (6 - 7) -> 4
// A field of more than SumBits has a bias whose top bit is above the sum, and nothing to invert.
// Range: FieldBits 2 and up, SumBits 2 and up.  Latency: 1 clock edge, initiation interval 1.  Golden: ng_dsp_mac.  LUTs: SumBits and 1.
(* keep_hierarchy *)
module dsp_accumulator #(
    parameter int FieldBits = 16,
    parameter int Carry = 0,
    parameter int SumBits = 28
) (
    input  logic                 clk_i,
    input  logic                 first_i,
    input  logic [FieldBits-1:0] field_i,
    output logic [  SumBits-1:0] sum_o
);
  logic [SumBits-1:0] term, sum_d, sum_q;
  if (FieldBits <= SumBits) begin : g_extended
    assign term = SumBits'($signed({~field_i[FieldBits-1], field_i[FieldBits-2:0]}));
  end else begin : g_cut
    logic unused_high;
    assign term = field_i[SumBits-1:0];
    assign unused_high = ^field_i[FieldBits-1:SumBits];
  end

  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(term),
      .addend_i(sum_q & {SumBits{~first_i}}),
      .carry_i(Carry != 0),
      .sum_o(sum_d)
  );
  always_ff @(posedge clk_i) sum_q <= sum_d;
  assign sum_o = sum_q;

  if (FieldBits < 2 || SumBits < 2) $error("dsp_accumulator: FieldBits or SumBits is less than 2");
endmodule : dsp_accumulator
