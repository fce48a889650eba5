// minifloat_window_row: sum_o = sum_i + (+-1) * ((data << window_i * Spacing) >> Offset): the last shift stage, the sign
// and the adder in one LUT a bit.
//
// data has ReachBits bits and comes in a ring: bit j stands at data_i[j % Ring], and flag_i[j % Ring] is 1 if it is the one
// of the second round, j >= Ring (ring_flags). In a window of Spacing bits a row's bit then depends on one bit of the ring,
// its flag and the window, where data itself would give it one bit for each window that reaches it.
// negative_i complements the magnitude, MagnitudeBits bits, and tells the adder. Signed, first_i: as in signed_row_add.
//
// Latency: 0 (combinational).
// Range: Windows 1..4, window_i < Windows; Ring <= ReachBits <= 2 * Ring or equal; LastBits: how many bits of data can be
// set in the last window.
// LUTs expected: MagnitudeBits (Signed 0) or SumBits (Signed 1), and one more at each bit that three or more windows reach
// through more than one bit of the ring.
(* keep_hierarchy *)
module minifloat_window_row #(
    parameter int ReachBits = 15,
    parameter int Ring = 8,
    parameter int Spacing = 8,
    parameter int Windows = 4,
    parameter int Offset = 2,
    parameter int LastBits = 15,
    parameter int MagnitudeBits = 36,
    parameter int SumInBits = 36,
    parameter int SumBits = 37,
    parameter int Signed = 0,
    localparam int DataBits = ReachBits < Ring ? ReachBits : Ring
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [     Ring-1:0] flag_i,
    input  logic [          1:0] window_i,
    input  logic                 negative_i,
    input  logic                 first_i,
    input  logic [SumInBits-1:0] sum_i,
    output logic [  SumBits-1:0] sum_o
);
  if (Windows < 1 || Windows > 4) $error("minifloat_window_row: Windows must be 1..4");
  if (ReachBits > 2 * Ring) $error("minifloat_window_row: data goes round the ring more than twice");

  logic [MagnitudeBits-1:0] row;
  logic unused;

  for (genvar i = 0; i < MagnitudeBits; i++) begin : gen_bit
    logic [3:0] choice;
    for (genvar k = 0; k < 4; k++) begin : gen_window
      localparam int J = i + Offset - k * Spacing;
      localparam int Limit = k < Windows - 1 ? ReachBits : LastBits;
      if (k >= Windows || J < 0 || J >= Limit) begin : gen_out
        assign choice[k] = 1'b0;
      end else if (J >= Ring) begin : gen_second
        assign choice[k] = data_i[J-Ring] & flag_i[J-Ring];
      end else if (J + Ring < ReachBits) begin : gen_first
        assign choice[k] = data_i[J] & ~flag_i[J];
      end else begin : gen_only
        assign choice[k] = data_i[J];
      end
    end
    if (Windows == 1) begin : gen_one
      assign row[i] = choice[0] ^ negative_i;
    end else if (Windows == 2) begin : gen_two
      assign row[i] = (window_i[0] ? choice[1] : choice[0]) ^ negative_i;
    end else begin : gen_four
      assign row[i] = (window_i[1] ? (window_i[0] ? choice[3] : choice[2])
                                   : (window_i[0] ? choice[1] : choice[0])) ^ negative_i;
    end
  end
  signed_row_add #(
      .MagnitudeBits(MagnitudeBits),
      .SumInBits(SumInBits),
      .SumBits(SumBits),
      .Signed(Signed)
  ) u_add (
      .row_i(row),
      .negative_i(negative_i),
      .first_i(first_i),
      .sum_i(sum_i),
      .sum_o(sum_o)
  );
  assign unused = ^{window_i, data_i, flag_i};
endmodule : minifloat_window_row
