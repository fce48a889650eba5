// round_shift: y = round_to_nearest_even(sum * 2^-shift), saturated to OutputBits of two's complement.
//
// The shift narrows to the output's window from its largest step down, two bits of the shift at a time; every step
// says whether the window still holds the value and whether ones were lost below. The last bit of an odd number of
// shift bits and the rounding share one carry chain with the saturation.
//   OutputBits 4: sum 23, shift 1 -> 7 (12 saturates);  sum -5, shift 1 -> -2 (tie to even);  sum 5, shift 1 -> 2
// Ports: shift_i unsigned, any value; past the sum's width y is 0.
// Range: SumBits 3 and up, OutputBits 2 and up.  Latency: 0.  Golden: ng_int_convert.
// LUTs: about 2 * SumBits.
(* keep_hierarchy *)
module round_shift #(
    parameter int SumBits = 28,
    parameter int OutputBits = 8,
    // Derived, do not change.
    localparam int SHIFT_BITS = $clog2(SumBits)
) (
    input  logic [SumBits-1:0]    sum_i,
    input  logic [SHIFT_BITS-1:0] shift_i,
    output logic [OutputBits-1:0] y_o
);
  // Stage k consumes the two shift bits from 2 * k + ODD up; the window then has room for the shifts still to come,
  // the output and the guard bit below it.
  localparam int ODD = SHIFT_BITS % 2;
  localparam int STAGES = SHIFT_BITS / 2;
  localparam int LAST_BITS = OutputBits + 1 + ODD;

  logic [STAGES-1:0] fits, lost;
  for (genvar k = STAGES - 1; k >= 0; k--) begin : g_stage
    localparam int STEP = 1 << (2 * k + ODD);
    localparam int OUT_BITS = OutputBits + STEP;
    localparam int IN_BITS = k == STAGES - 1 ? SumBits + 1 : OutputBits + 4 * STEP;
    logic [IN_BITS-1:0] in;
    logic [OUT_BITS-1:0] out;
    if (k == STAGES - 1) begin : g_first
      assign in = {sum_i, 1'b0};
    end else begin : g_next
      assign in = g_stage[k+1].out;
    end
    window_shift #(
        .InBits(IN_BITS),
        .OutBits(OUT_BITS),
        .Step(STEP),
        .Choices(4)
    ) u_shift (
        .in_i(in),
        .select_i(shift_i[2*k+ODD+:2]),
        .out_o(out),
        .fits_o(fits[k]),
        .lost_o(lost[k])
    );
  end

  // The last window: guard bit, output, and one more bit on top if a shift by one is left. Its top bit is only needed
  // to know an overflow: the output's sign is the sum's.
  logic [LAST_BITS-1:0] last;
  logic [OutputBits-1:0] window;
  logic negative, overflow, largest, sticky, up;
  assign last = LAST_BITS'($signed(g_stage[0].out));
  assign negative = sum_i[SumBits-1];
  if (ODD != 0) begin : g_odd
    assign window = shift_i[0] ? last[OutputBits:1] : last[OutputBits-1:0];
    assign overflow = !(&fits) || (!shift_i[0] && last[OutputBits+1] != last[OutputBits]);
    assign sticky = |lost || (shift_i[0] && last[0]);
  end else begin : g_even
    logic unused_top;
    assign unused_top = last[OutputBits];
    assign window = last[OutputBits-1:0];
    assign overflow = !(&fits);
    assign sticky = |lost;
  end
  // The largest code must not be rounded up.
  assign largest = &window[OutputBits-1:1];
  assign up = window[0] && (sticky || window[1]) && !(largest && !negative) && !overflow;

  carry_add #(
      .Bits(OutputBits)
  ) u_round (
      .acc_i('0),
      .addend_i({negative, overflow ? {(OutputBits-1){~negative}} : window[OutputBits-1:1]}),
      .carry_i(up),
      .sum_o(y_o)
  );

  if (SumBits < 3 || OutputBits < 2) $error("round_shift: SumBits is less than 3 or OutputBits less than 2");
endmodule : round_shift
