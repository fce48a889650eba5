// add_rows: sum = a + b + c + d, modulo 2^OutBits, in two carry chains instead of three.
//
// Three bits of one column count 0..3, two bits, and no other count reaches those two columns if the counts of even
// columns are added in one chain and those of odd columns in another. Each count bit is a function of three nets, so
// a chain bit with its sum still fits one LUT.
//   Bits 2, OutBits 4: 3 + 3 + 3 + 3 -> 12
// Range: OutBits >= Bits >= 1; OutBits = Bits + 2 holds every sum.  Latency: 0.  Golden: ng_wide_add.
// LUTs: about 2 * Bits where no column is constant.
module add_rows #(
    parameter int Bits = 8,
    parameter int OutBits = 10
) (
    input  logic [Bits-1:0]    a_i,
    input  logic [Bits-1:0]    b_i,
    input  logic [Bits-1:0]    c_i,
    input  logic [Bits-1:0]    d_i,
    output logic [OutBits-1:0] sum_o
);
  // Counts of even columns and of odd columns, each two bits wide where they belong.
  logic [Bits+1:0] even, odd;
  logic [OutBits-1:0] partial;
  // Counts above OutBits are dropped.
  logic unused_counts;
  assign unused_counts = ^even ^ ^odd;

  for (genvar i = 0; i < Bits; i = i + 2) begin : g_even
    assign even[i+:2] = {(b_i[i] & c_i[i]) | (b_i[i] & d_i[i]) | (c_i[i] & d_i[i]), b_i[i] ^ c_i[i] ^ d_i[i]};
  end
  if (Bits % 2 == 0) begin : g_even_top
    assign even[Bits+:2] = '0;
  end else begin : g_even_top
    assign even[Bits+1] = 1'b0;
  end
  for (genvar i = 1; i < Bits; i = i + 2) begin : g_odd
    assign odd[i+:2] = {(b_i[i] & c_i[i]) | (b_i[i] & d_i[i]) | (c_i[i] & d_i[i]), b_i[i] ^ c_i[i] ^ d_i[i]};
  end
  assign odd[0] = 1'b0;
  if (Bits % 2 == 0) begin : g_odd_top
    assign odd[Bits+1] = 1'b0;
  end else begin : g_odd_top
    assign odd[Bits+1:Bits] = '0;
  end

  carry_add #(
      .Bits(OutBits)
  ) u_even (
      .acc_i(OutBits'(a_i)),
      .addend_i(OutBits'(even)),
      .carry_i(1'b0),
      .sum_o(partial)
  );
  carry_add #(
      .Bits(OutBits)
  ) u_odd (
      .acc_i(partial),
      .addend_i(OutBits'(odd)),
      .carry_i(1'b0),
      .sum_o(sum_o)
  );
  if (OutBits < Bits || Bits < 1) $error("add_rows: OutBits is less than Bits, or Bits less than 1");
endmodule : add_rows
