// delay_line: data_o = data_i of Cycles clock edges ago; Cycles 0 is a wire.
//
// The registers are kept as flip-flops: a shift register in a LUT would be a LUT that no count of rows knows of.
// Latency: Cycles, no reset.  Range: Bits 1 and up.  LUTs: none; flip-flops: Bits * Cycles.
module delay_line #(
    parameter int Bits = 8,
    parameter int Cycles = 1
) (
    input  logic            clk_i,
    input  logic [Bits-1:0] data_i,
    output logic [Bits-1:0] data_o
);
  if (Cycles == 0) begin : g_wire
    logic unused_clock;
    assign unused_clock = clk_i;
    assign data_o = data_i;
  end else begin : g_registers
    for (genvar c = 0; c < Cycles; c++) begin : g_cycle
      (* keep *) logic [Bits-1:0] data_q;
      logic [Bits-1:0] data_d;
      if (c == 0) begin : g_first
        assign data_d = data_i;
      end else begin : g_next
        assign data_d = g_cycle[c-1].data_q;
      end
      always_ff @(posedge clk_i) data_q <= data_d;
    end
    assign data_o = g_cycle[Cycles-1].data_q;
  end
endmodule : delay_line
