// spread_row: sum_o = sum_i + data_i * 2^(Spacing * j), data_i two's complement, j the chosen window, modulo 2^SumBits.
//
// A bit of the row is a bit of data_i in its own window, one in the window below, or the sign's filling: five nets, and the
// adder in the same LUT.
//
// Latency: 0 (combinational).  Range: DataBits <= 2 * Spacing; chosen_i one-hot, fill_i as window_select gives it.
// LUTs expected: SumBits.
(* keep_hierarchy *)
module spread_row #(
    parameter int DataBits = 29,
    parameter int Spacing = 16,
    parameter int Windows = 32,
    parameter int SumBits = 527
) (
    input  logic [DataBits-1:0] data_i,
    input  logic [ Windows-1:0] chosen_i,
    input  logic [ Windows-1:0] fill_i,
    input  logic [ SumBits-1:0] sum_i,
    output logic [ SumBits-1:0] sum_o
);
  if (DataBits > 2 * Spacing) $error("spread_row: DataBits is more than two windows");

  logic [SumBits-1:0] row;
  logic unused;
  assign unused = ^fill_i;
  for (genvar k = 0; k < SumBits; k++) begin : gen_bit
    localparam int Window = k / Spacing;
    localparam int Place = k % Spacing;
    localparam int Filled = k >= DataBits ? (k - DataBits) / Spacing : 0;
    logic own;
    logic lower;
    logic fill;
    if (Window < Windows && Place < DataBits) begin : gen_own
      assign own = chosen_i[Window] & data_i[Place];
    end else begin : gen_no_own
      assign own = 1'b0;
    end
    if (Window >= 1 && Window - 1 < Windows && Place + Spacing < DataBits) begin : gen_lower
      assign lower = chosen_i[Window-1] & data_i[Place+Spacing];
    end else begin : gen_no_lower
      assign lower = 1'b0;
    end
    if (k >= DataBits) begin : gen_fill
      assign fill = fill_i[Filled<Windows?Filled : Windows-1];
    end else begin : gen_no_fill
      assign fill = 1'b0;
    end
    assign row[k] = own | lower | fill;
  end
  carry_add #(
      .Bits(SumBits)
  ) u_add (
      .acc_i(sum_i),
      .addend_i(row),
      .carry_i(1'b0),
      .sum_o(sum_o)
  );
endmodule : spread_row
