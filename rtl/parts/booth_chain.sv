// booth_chain: sum + 2^RowBits * (number of ones in carry) = Start + sum over lanes of (digit * multiplicand + 2^(RowBits-1)).
//
// booth_rows without registers. Start is 2^(RowBits-1) for an odd number of lanes, so that the offsets come to a multiple of
// 2^RowBits.
//   Lanes 1, RowBits 5, digit 2, multiplicand 3 -> Start 16 + 6 + 16 = 38: sum 6, carry 1
// Ports, range: as there.  Latency: 0, Lanes rows deep.  Golden: ng_sum_of_products, one digit.
// LUTs: Lanes * RowBits.
module booth_chain #(
    parameter int Lanes = 8,
    parameter int MultiplicandBits = 8,
    parameter int RowBits = 9
) (
    input  logic [Lanes*MultiplicandBits-1:0] multiplicand_i,
    input  logic [Lanes*3-1:0]                digit_i,
    output logic [RowBits-1:0]                sum_o,
    output logic [Lanes-1:0]                  carry_o
);
  booth_rows #(
      .Lanes(Lanes),
      .MultiplicandBits(MultiplicandBits),
      .RowBits(RowBits)
  ) u_rows (
      .clk_i(1'b0),
      .start_i(RowBits'((Lanes % 2) << (RowBits - 1))),
      .multiplicand_i(multiplicand_i),
      .digit_i(digit_i),
      .sum_o(sum_o),
      .carry_o(carry_o)
  );
endmodule : booth_chain
