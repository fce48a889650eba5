// nested_dot: y = sum over lanes of (leading bits of w[i]) * a[i], two's complement, exact, in units of the 8-bit weight.
//
// One unit for three widths of weight, chosen at run time: the bits of w[i] below the leading 2, 4 or 8 are masked and the
// rest goes through int_dot. A weight of fewer bits is the leading bits of one of 8; what its lower bits hold is not looked at.
//   Lanes 1, w 8'h6B, a 2: mode 0 -> 8'h40 * 2 = 128, mode 1 -> 8'h60 * 2 = 192, mode 2 -> 8'h6B * 2 = 214
// Ports: w_i lane i in w_i[8*i +: 8] and above all lanes the mode: 0 two bits, 1 four, 2 and 3 eight; a_i as in int_dot; y_o.
// Range: WeightBits 8, the rest as in int_dot.  Latency: 0.  Golden: ng_nested_dot.
// LUTs: those of int_dot and 6 a lane, multiply.
module nested_dot #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Lanes = 32,
    parameter int ChainLength = 8,
    parameter int SumBits = 21
) (
    input  logic [Lanes*WeightBits+1:0]     w_i,
    input  logic [Lanes*ActivationBits-1:0] a_i,
    output logic [SumBits-1:0]              y_o
);
  logic [Lanes*WeightBits-1:0] w;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    nested_mask u_multiply_mask (
        .w_i(w_i[i*8+:8]),
        .mode_i(w_i[Lanes*WeightBits+:2]),
        .w_o(w[i*8+:8])
    );
  end
  int_dot #(
      .WeightBits(WeightBits),
      .ActivationBits(ActivationBits),
      .Lanes(Lanes),
      .ChainLength(ChainLength),
      .SumBits(SumBits)
  ) u_element (
      .w_i(w),
      .a_i(a_i),
      .y_o(y_o)
  );

  if (WeightBits != 8) $error("nested_dot: WeightBits is not 8");
endmodule : nested_dot
