// field_align: data_o = data_i << shift_i, by stages of up to two bits of shift_i, none lost.
//
//   DataBits 4, ShiftBits 3: 4'd9, 3'd5 -> 288
// Latency: 0 (combinational).  Range: ShiftBits 1..6, DataBits 1 and up.
// LUTs expected: one an output bit of every stage.
module field_align #(
    parameter int DataBits = 4,
    parameter int ShiftBits = 3,
    localparam int OutBits = DataBits + (1 << ShiftBits) - 1
) (
    input  logic [ DataBits-1:0] data_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [  OutBits-1:0] data_o
);
  localparam int Stages = (ShiftBits + 1) / 2;
  if (ShiftBits < 1 || ShiftBits > 6) $error("field_align: ShiftBits must be 1..6");

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Low = 2 * s;
    localparam int Count = ShiftBits - Low > 1 ? 2 : 1;
    localparam int InBits = DataBits + (1 << Low) - 1;
    localparam int StageBits = DataBits + (1 << (Low + Count)) - 1;
    logic [InBits-1:0] entering;
    logic [StageBits-1:0] leaving;
    if (s == 0) begin : gen_first
      assign entering = data_i;
    end else begin : gen_next
      assign entering = gen_stage[s-1].leaving;
    end
    shift_stage #(
        .DataBits(InBits),
        .SelectBits(Count),
        .Step(1 << Low)
    ) u_stage (
        .data_i(entering),
        .select_i(shift_i[Low+:Count]),
        .data_o(leaving)
    );
  end
  assign data_o = gen_stage[Stages-1].leaving;
endmodule : field_align
