// window_select: chosen_o[j] = (window_i == j);  fill_o[j] = negative_i and window_i <= j: what a row of windows is told.
//
// Latency: 0 (combinational).  Range: Windows = 2^WindowBits.  LUTs expected: 2 * Windows.
(* keep_hierarchy *)
module window_select #(
    parameter int WindowBits = 5,
    localparam int Windows = 1 << WindowBits
) (
    input  logic [WindowBits-1:0] window_i,
    input  logic                  negative_i,
    output logic [   Windows-1:0] chosen_o,
    output logic [   Windows-1:0] fill_o
);
  for (genvar j = 0; j < Windows; j++) begin : gen_window
    assign chosen_o[j] = window_i == WindowBits'(j);
    if (j == Windows - 1) begin : gen_last
      assign fill_o[j] = negative_i;
    end else begin : gen_below
      assign fill_o[j] = negative_i & (window_i < WindowBits'(j + 1));
    end
  end
endmodule : window_select
