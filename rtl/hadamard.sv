// hadamard: y[j] = sum over i of (-1)^(number of ones in i & j) * x[i], exact: the Walsh-Hadamard transform in natural order.
//
//   Point i at points_i[i*PointBits +: PointBits], two's complement; result j at y_o[j*RESULT_BITS +: RESULT_BITS], which grows
//   by a bit for every stage of butterflies.
//
// Worked rows, Points 2: x {3, 5} (point 1, point 0) -> y {2, 8};  Points 4: x {0, 0, 0, 1} -> y {1, 1, 1, 1}
//
// Latency: 0 cycles (combinational).  Initiation interval: -.
// Range: Points 2, 4, 8, 16 or 32; PointBits 2..8.
// Costs: u_accumulate* (everything): Points / 2 butterflies a stage, log2 Points stages.
// Golden: ng_hadamard (model/hadamard.c).
module hadamard #(
    parameter int Points = 16,
    parameter int PointBits = 8,
    localparam int Stages = $clog2(Points),
    localparam int RESULT_BITS = PointBits + Stages
) (
    input  logic [  Points*PointBits-1:0] points_i,
    output logic [Points*RESULT_BITS-1:0] y_o
);
  if (Points < 2 || Points > 32 || (1 << Stages) != Points) $error("hadamard: Points must be 2, 4, 8, 16 or 32");
  if (PointBits < 2 || PointBits > 8) $error("hadamard: PointBits must be 2..8");

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int InBits = PointBits + s;
    logic [Points*InBits-1:0] in;
    logic [Points*(InBits+1)-1:0] out;
    if (s == 0) begin : gen_first
      assign in = points_i;
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    for (genvar i = 0; i < Points; i++) begin : gen_point
      localparam int Other = i + (1 << s);
      if (((i >> s) & 1) == 0) begin : gen_pair
        butterfly #(
            .Bits(InBits)
        ) u_accumulate (
            .x_i(in[i*InBits+:InBits]),
            .y_i(in[Other*InBits+:InBits]),
            .sum_o(out[i*(InBits+1)+:InBits+1]),
            .difference_o(out[Other*(InBits+1)+:InBits+1])
        );
      end
    end
  end
  assign y_o = gen_stage[Stages-1].out;
endmodule : hadamard
