// dsp_cascade: field k = u * Weights + v is sum over lanes i of w[i][v] * a[i][u] + bias, in Lanes DSP48E1, one behind the other.
//
// Products 2 or 4 a block: one or two activations u with two weights v. Fields lie FIELD bits apart, bias 0:
//   2: (w1 2^FIELD + w0) a0                           = w0 a0 + 2^FIELD w1 a0
//   4: (w1 2^(2 FIELD) + w0) (a1 2^FIELD + a0)        = w0 a0 + 2^FIELD w0 a1 + 2^(2 FIELD) w1 a0 + 2^(3 FIELD) w1 a1
// A product takes WeightBits + ActivationBits - 1 bits of its field, the others guard the sum: 2^guard bits lanes. The bias, the
// first block's C, lifts each sum to 0 .. 2^FIELD - 1, so that no field borrows from the one above it: 2^(FIELD - 1), or one less
// where all lanes there is room for make the largest sum one too large. The last field has no neighbour above, one bit more, and
// the bias 2^FIELD.
//   Products 2, int8, Lanes 1: w {1, -1}, a -3 -> fields {65536 - 3, 32768 + 3}
// The pre-adder forms the weights' sum, dsp_join the activations'.
// Ports: lane i: w_i[(2*i + v)*WeightBits +: WeightBits], a_i[(Activations*i + u)*ActivationBits +: ActivationBits]; field k in
// field_o[k*(FIELD + 1) +: FIELD + 1].
// Range: Products 2 or 4, Lanes 1 to 2^guard; Registers 0, or 1: before the multipliers, those of joined activations as LUTs'.
// Latency: Registers.  Golden: ng_dsp_dot.  LUTs: none; Products 4: those of dsp_join a lane.
module dsp_cascade #(
    parameter int WeightBits = 8,
    parameter int ActivationBits = 8,
    parameter int Products = 2,
    parameter int Lanes = 2,
    parameter int Registers = 0,
    localparam int Activations = Products / 2,
    localparam int HIGHEST = 24 - WeightBits,
    localparam int HALF = HIGHEST / 2,
    localparam int NEXT = 17 - ActivationBits,
    localparam int FIELD = Products == 2 ? HIGHEST : (HALF < NEXT ? HALF : NEXT)
) (
    input  logic                                        clk_i,
    input  logic [            Lanes*2*WeightBits-1:0] w_i,
    input  logic [Lanes*Activations*ActivationBits-1:0] a_i,
    output logic [              Products*(FIELD+1)-1:0] field_o
);
  localparam int PLACE = Products == 2 ? FIELD : 2 * FIELD;
  localparam int GUARD = FIELD - WeightBits - ActivationBits + 1;
  localparam int FULL = GUARD >= 0 && Lanes == (1 << GUARD) ? 1 : 0;
  localparam logic [47:0] BIAS = (48'd1 << (FIELD - 1)) - 48'(FULL);
  localparam logic [47:0] LAST = 48'd1 << FIELD;
  localparam logic [47:0] START = Products == 2 ? BIAS + (LAST << FIELD)
                                                : BIAS + (BIAS << FIELD) + (BIAS << (2 * FIELD)) + (LAST << (3 * FIELD));

  logic [48*(Lanes+1)-1:0] cascade;
  logic [47:0] total;
  logic unused_top;
  assign cascade[47:0] = '0;

  for (genvar i = 0; i < Lanes; i++) begin : g_lane
    logic [24:0] high, low;
    logic [17:0] b;
    logic [47:0] p;
    assign low  = 25'($signed(w_i[2*i*WeightBits+:WeightBits]));
    assign high = 25'($signed(w_i[(2*i+1)*WeightBits+:WeightBits])) << PLACE;
    if (Products == 2) begin : g_one
      assign b = 18'($signed(a_i[i*ActivationBits+:ActivationBits]));
    end else begin : g_two
      logic [2*ActivationBits-1:0] pair;
      if (Registers != 0) begin : g_register
        always_ff @(posedge clk_i) pair <= a_i[2*i*ActivationBits+:2*ActivationBits];
      end else begin : g_wire
        assign pair = a_i[2*i*ActivationBits+:2*ActivationBits];
      end
      dsp_join #(
          .Bits (ActivationBits),
          .Place(FIELD)
      ) u_multiply_join (
          .low_i (pair[ActivationBits-1:0]),
          .high_i(pair[2*ActivationBits-1:ActivationBits]),
          .y_o   (b)
      );
    end
    dsp_pair_multiply_add #(
        .Registers(Registers),
        .JoinedB(Products == 4 ? 1 : 0),
        .Addend(i == 0 ? 3 : 1)
    ) u_multiply (
        .clk_i(clk_i),
        .first_i(1'b0),
        .d_i(high),
        .a_i(low),
        .b_i(b),
        .c_i(i == 0 ? START : 48'd0),
        .pcin_i(cascade[48*i+:48]),
        .p_o(p),
        .pcout_o(cascade[48*(i+1)+:48])
    );
    if (i == Lanes - 1) begin : g_last
      assign total = p;
    end else begin : g_inner
      logic unused_p;
      assign unused_p = ^p;
    end
  end

  for (genvar k = 0; k < Products; k++) begin : g_field
    // Weight v of activation u lies at u * FIELD + v * PLACE.
    localparam int FROM = (k / 2) * FIELD + (k % 2) * PLACE;
    if (k == Products - 1) begin : g_last
      assign field_o[k*(FIELD+1)+:FIELD+1] = total[FROM+:FIELD+1];
    end else begin : g_inner
      assign field_o[k*(FIELD+1)+:FIELD+1] = {1'b0, total[FROM+:FIELD]};
    end
  end
  assign unused_top = ^total ^ ^cascade[48*Lanes+:48];

  if (Products != 2 && Products != 4) $error("dsp_cascade: Products is not 2 or 4");
  if (GUARD < 0 || Lanes < 1 || Lanes > (1 << GUARD)) $error("dsp_cascade: Lanes is not 1 to what the fields hold");
endmodule : dsp_cascade
