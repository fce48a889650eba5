// window_shift: out = the low OutBits of in >>> (select * Step), with what the rest of in says about rounding.
//
// fits: 1 if out, two's complement, is the whole shifted value. lost: 1 if a bit shifted out below was 1.
//   InBits 8, OutBits 4, Step 2, Choices 4: in 8'b0001_0110, select 1 -> out 4'b0101, fits 1, lost 1
//   select 0 -> out 4'b0110, fits 0, lost 0
// Range: Choices 2 or 4; any widths, in is extended by its sign.  Latency: 0.  Golden: ng_wide_round_even.
// LUTs: one a bit of out, about a fifth of one for every other bit of in, twice.
module window_shift #(
    parameter int InBits = 29,
    parameter int OutBits = 16,
    parameter int Step = 8,
    parameter int Choices = 4,
    // Derived, do not change.
    localparam int SELECT_BITS = $clog2(Choices)
) (
    input  logic [InBits-1:0]      in_i,
    input  logic [SELECT_BITS-1:0] select_i,
    output logic [OutBits-1:0]     out_o,
    output logic                   fits_o,
    output logic                   lost_o
);
  localparam int NEEDED = OutBits + (Choices - 1) * Step;
  localparam int WIDE_BITS = InBits > NEEDED ? InBits : NEEDED;
  logic [WIDE_BITS-1:0] wide;
  logic [Choices*OutBits-1:0] windows;
  logic [Choices-1:0] fits, lost;
  assign wide = WIDE_BITS'($signed(in_i));

  for (genvar s = 0; s < Choices; s++) begin : g_choice
    assign windows[s*OutBits+:OutBits] = wide[s*Step+:OutBits];
    if (InBits > OutBits + s * Step) begin : g_above
      logic [InBits-OutBits-s*Step-1:0] above;
      assign above = in_i[InBits-2:OutBits+s*Step-1];
      assign fits[s] = above == {(InBits-OutBits-s*Step){in_i[InBits-1]}};
    end else begin : g_none_above
      assign fits[s] = 1'b1;
    end
    if (s > 0) begin : g_below
      assign lost[s] = |wide[s*Step-1:0];
    end else begin : g_none_below
      assign lost[s] = 1'b0;
    end
  end

  // By bits of the select: a variable index times OutBits would become an adder.
  logic [2*OutBits-1:0] pair;
  if (Choices == 4) begin : g_four
    assign pair = select_i[SELECT_BITS-1] ? windows[2*OutBits+:2*OutBits] : windows[0+:2*OutBits];
  end else begin : g_two
    assign pair = windows;
  end
  assign out_o = select_i[0] ? pair[OutBits+:OutBits] : pair[0+:OutBits];
  assign fits_o = fits[select_i];
  assign lost_o = lost[select_i];

  if (Choices != 2 && Choices != 4) $error("window_shift: Choices is not 2 or 4");
endmodule : window_shift
