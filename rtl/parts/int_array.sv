// int_array: product = w * a, two's complement, a row for each bit of w.
//
// Row i adds w[i] * a to the sum so far, whose lowest bit is finished; the last row, of the sign, subtracts.
//   int3 * int3: w -4, a 3: rows 0, 0, -3 << 2 -> -12
// Range: WeightBits, ActivationBits 2 and up.  Latency: 0, WeightBits rows deep.  Golden: ng_int_mul.
// LUTs: (ActivationBits + 1) * WeightBits - 1.
module int_array #(
    parameter int WeightBits = 4,
    parameter int ActivationBits = 4,
    // Derived, do not change.
    localparam int PRODUCT_BITS = WeightBits + ActivationBits
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [PRODUCT_BITS-1:0]   product_o
);
  localparam int ROW_BITS = ActivationBits + 1;

  for (genvar i = 0; i < WeightBits; i++) begin : g_row
    logic [ROW_BITS-1:0] acc, sum;
    if (i == 0) begin : g_first
      assign acc = '0;
    end else begin : g_next
      assign acc = {g_row[i-1].sum[ROW_BITS-1], g_row[i-1].sum[ROW_BITS-1:1]};
    end
    bit_row #(
        .Bits(ActivationBits),
        .Negative(i == WeightBits - 1 ? 1 : 0)
    ) u_row (
        .acc_i(acc),
        .bit_i(w_i[i]),
        .data_i(a_i),
        .sum_o(sum)
    );
    if (i < WeightBits - 1) begin : g_low
      assign product_o[i] = sum[0];
    end else begin : g_high
      assign product_o[PRODUCT_BITS-1:i] = sum;
    end
  end
endmodule : int_array
