// block_exact_accumulate: y <= (first ? 0 : y) + sum * 2^scale, exact: blocks under any scales in one fixed-point register.
//
//   term_i = {flag, scale, sum}, the result of a block's dot product: sum in two's complement, scale the sum of both 8-bit
//   scale codes. y = {flag, total}, two's complement modulo 2^TotalBits; the flag is kept until the next first.
//
// Worked rows, SumBits 5, one a clock:
//   first_i = 1, scale 3, sum 5   ->  two edges later total 40
//   first_i = 0, scale 0, sum -1  ->  two edges later total 39
//
// Latency: 2 cycles (input register, sum register).  Initiation interval: 1.  No reset: the first step clears.
// Range: SumBits 3..63; FlagBits 0..1; TotalBits above SumBits.
// "first ? 0 : y" has no room in the row's LUT: copy_q is y_o, cleared one edge ahead by first_i.
// Costs: u_align* the shift by the scale's low bits and the windows, u_accumulate* the row, a LUT a bit of the register.
// Golden: ng_block_exact_accumulate (model/block_exact_accumulate.c).
module block_exact_accumulate #(
    parameter int FlagBits = 0,
    parameter int SumBits = 14,
    parameter int TotalBits = 527,
    localparam int ScaleBits = 9,
    localparam int TermBits = SumBits + ScaleBits + FlagBits,
    localparam int ResultBits = TotalBits + FlagBits
) (
    input  logic                  clk_i,
    input  logic                  first_i,
    input  logic [  TermBits-1:0] term_i,
    output logic [ResultBits-1:0] y_o
);
  localparam int ShiftBits = $clog2(SumBits - 1);
  localparam int Spacing = 1 << ShiftBits;
  localparam int WindowBits = ScaleBits - ShiftBits;
  if (SumBits < 3 || SumBits > 63) $error("block_exact_accumulate: SumBits must be 3..63");
  if (FlagBits < 0 || FlagBits > 1) $error("block_exact_accumulate: FlagBits must be 0 or 1");
  if (TotalBits <= SumBits) $error("block_exact_accumulate: TotalBits must be more than SumBits");

  logic [TermBits-1:0] term_q;
  logic [TotalBits-1:0] copy_q;
  logic [TotalBits-1:0] total_d;
  logic [SumBits+Spacing-2:0] shifted;
  logic [(1<<WindowBits)-1:0] chosen;
  logic [(1<<WindowBits)-1:0] fill;

  always_ff @(posedge clk_i) begin
    term_q <= term_i;
    y_o[TotalBits-1:0] <= total_d;
    if (first_i) copy_q <= '0;
    else copy_q <= total_d;
  end

  signed_shift #(
      .Bits(SumBits),
      .ShiftBits(ShiftBits)
  ) u_align (
      .data_i(term_q[SumBits-1:0]),
      .shift_i(term_q[SumBits+:ShiftBits]),
      .data_o(shifted)
  );
  window_select #(
      .WindowBits(WindowBits)
  ) u_align_window (
      .window_i(term_q[SumBits+ShiftBits+:WindowBits]),
      .negative_i(term_q[SumBits-1]),
      .chosen_o(chosen),
      .fill_o(fill)
  );
  spread_row #(
      .DataBits(SumBits + Spacing - 1),
      .Spacing(Spacing),
      .Windows(1 << WindowBits),
      .SumBits(TotalBits)
  ) u_accumulate (
      .data_i(shifted),
      .chosen_i(chosen),
      .fill_i(fill),
      .sum_i(copy_q),
      .sum_o(total_d)
  );

  if (FlagBits != 0) begin : gen_flag
    logic flag_d;
    logic first_q;
    always_ff @(posedge clk_i) begin
      first_q <= first_i;
      y_o[TotalBits] <= flag_d;
    end
    flag_join u_accumulate_flag (
        .first_i(first_q),
        .previous_i(y_o[TotalBits]),
        .weight_i(term_q[TermBits-1]),
        .activation_i(1'b0),
        .flag_o(flag_d)
    );
  end
endmodule : block_exact_accumulate
