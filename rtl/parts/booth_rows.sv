// booth_rows: sum + 2^RowBits * (number of ones in carry) = start + sum over lanes of (digit * multiplicand + 2^(RowBits-1)).
//
// One radix-4 Booth row a lane, each adding onto the last. A row's carry out leaves the chain at once instead of
// rippling through growing sums: a growth bit costs every later row a route-through, a counted carry two thirds of a
// LUT, once. With StageRows the sum is registered after every StageRows rows but the last: row i then takes operands, and
// gives its carry, i / StageRows clock edges after row 0.
//   Lanes 1, RowBits 5, digit 2, multiplicand 3, start 16 -> 16 + 6 + 16 = 38: sum 6, carry 1
// Ports: lane i in multiplicand_i[i*MultiplicandBits +: MultiplicandBits] and digit_i[i*3 +: 3]; carry_o[i] its carry.
// Range: Lanes 1..64; RowBits as in booth_row; StageRows 0 (no registers) or 1 and up.
// Latency: (Lanes - 1) / StageRows clock edges; combinational with StageRows 0, Lanes rows deep.
// Golden: ng_sum_of_products, one digit.  LUTs: Lanes * RowBits.
module booth_rows #(
    parameter int Lanes = 8,
    parameter int MultiplicandBits = 8,
    parameter int RowBits = 9,
    parameter int StageRows = 0
) (
    input  logic                              clk_i,
    input  logic [RowBits-1:0]                start_i,
    input  logic [Lanes*MultiplicandBits-1:0] multiplicand_i,
    input  logic [Lanes*3-1:0]                digit_i,
    output logic [RowBits-1:0]                sum_o,
    output logic [Lanes-1:0]                  carry_o
);
  localparam int ROWS = StageRows != 0 ? StageRows : Lanes;
  logic [(Lanes+1)*RowBits-1:0] sums;
  assign sums[0+:RowBits] = start_i;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [RowBits-1:0] sum;
    booth_row #(
        .MultiplicandBits(MultiplicandBits),
        .RowBits(RowBits),
        .OutBits(RowBits + 1)
    ) u_row (
        .acc_i(sums[i*RowBits+:RowBits]),
        .multiplicand_i(multiplicand_i[i*MultiplicandBits+:MultiplicandBits]),
        .digit_i(digit_i[i*3+:3]),
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
endmodule : booth_rows
