// offset_remove: sum_o = sum_i - Count * 2^Position modulo 2^SumBits; only the bits from Position up change.
//
// Latency: 0 (combinational).  Range: 0 <= Position < SumBits, Count >= 1.
// LUTs expected: 1 if Count * 2^Position = 2^(SumBits - 1), otherwise up to SumBits - Position.
(* keep_hierarchy *)
module offset_remove #(
    parameter int SumBits = 8,
    parameter int Position = 4,
    parameter int Count = 8
) (
    input  logic [SumBits-1:0] sum_i,
    output logic [SumBits-1:0] sum_o
);
  localparam int HighBits = SumBits - Position;
  if (Position < 0 || HighBits < 1) $error("offset_remove: Position must be a bit of the sum");
  if (Count < 1) $error("offset_remove: Count must be at least 1");

  if (HighBits == $clog2(Count) + 1 && Count == (1 << (HighBits - 1))) begin : gen_top
    assign sum_o = {~sum_i[SumBits-1], sum_i[SumBits-2:0]};
  end else if (Position == 0) begin : gen_all
    assign sum_o = sum_i - HighBits'(Count);
  end else begin : gen_high
    assign sum_o = {sum_i[SumBits-1:Position] - HighBits'(Count), sum_i[Position-1:0]};
  end
endmodule : offset_remove
