// shift_chain: sum + 2^RowBits * (number of ones in carry) = Start + sum over lanes of (product + 2^(RowBits-1)).
//
// booth_rows for the products of shift_bits: one row a lane, each adding onto the last, each putting its carry out
// aside. Start is 2^(RowBits-1) for an odd number of lanes. StageRows, latency: as in booth_rows.
//   Lanes 1, Bits 4, HighShift 4, RowBits 8: a 3, high 1, positive -> 128 + 48 + 128 = 304: sum 48, carry 1
// Ports: lane i in a_i[i*Bits +: Bits] and bit i of the others.
// Range: Lanes 1..64; the rest as in shift_row.  Lanes rows deep.  Golden: ng_shift_dot.
// LUTs: Lanes * RowBits.
module shift_chain #(
    parameter int Lanes = 8,
    parameter int StageRows = 0,
    parameter int Bits = 11,
    parameter int HighShift = 4,
    parameter int EnableAlways = 1,
    parameter int Drop = 0,
    parameter int RowBits = 15
) (
    input  logic                  clk_i,
    input  logic [Lanes*Bits-1:0] a_i,
    input  logic [Lanes-1:0]      high_i,
    input  logic [Lanes-1:0]      low_any_i,
    input  logic [Lanes-1:0]      negative_i,
    output logic [RowBits-1:0]    sum_o,
    output logic [Lanes-1:0]      carry_o
);
  localparam int ROWS = StageRows != 0 ? StageRows : Lanes;
  logic [(Lanes+1)*RowBits-1:0] sums;
  assign sums[0+:RowBits] = RowBits'((Lanes % 2) << (RowBits - 1));

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [RowBits-1:0] sum;
    shift_row #(
        .Bits(Bits),
        .HighShift(HighShift),
        .EnableAlways(EnableAlways),
        .Drop(Drop),
        .RowBits(RowBits),
        .OutBits(RowBits + 1)
    ) u_row (
        .acc_i(sums[i*RowBits+:RowBits]),
        .a_i(a_i[i*Bits+:Bits]),
        .high_i(high_i[i]),
        .low_any_i(low_any_i[i]),
        .negative_i(negative_i[i]),
        .sum_o({carry_o[i], sum})
    );
    delay_line #(
        .Bits(RowBits),
        .Cycles((i + 1) % ROWS == 0 && i + 1 < Lanes ? 1 : 0)
    ) u_stage (
        .clk_i(clk_i),
        .data_i(sum),
        .data_o(sums[(i+1)*RowBits+:RowBits])
    );
  end
  assign sum_o = sums[Lanes*RowBits+:RowBits];
endmodule : shift_chain
