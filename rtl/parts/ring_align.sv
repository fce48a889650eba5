// ring_align: data rotated left by shift_i in a ring of Ring bits, by stages of up to two bits of shift_i, and the flags that
// tell apart what went round the ring (ring_flags).
//
//   DataBits 6, ShiftBits 3, Ring 8: data 6'b110001, shift 3 -> 8'b10001001, flag of bit 0 set
// Done: this many of shift_i's low bits, 0 or 2, have been applied to data_i.
// A ring no shorter than the shifted data, DataBits + 2^ShiftBits - 1, makes a plain shift, no bit lost.
// Latency: 0 (combinational).  Range: ShiftBits 1..6, DataBits 1 and up, Ring at least DataBits.
// LUTs expected: one an output bit of every stage, and the flags.
module ring_align #(
    parameter int DataBits = 4,
    parameter int ShiftBits = 3,
    parameter int Ring = 11,
    parameter int Done = 0,
    localparam int EnteringReach = DataBits + (1 << Done) - 1,
    localparam int EnteringBits = EnteringReach < Ring ? EnteringReach : Ring,
    localparam int ReachBits = DataBits + (1 << ShiftBits) - 1,
    localparam int OutBits = ReachBits < Ring ? ReachBits : Ring
) (
    input  logic [EnteringBits-1:0] data_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [  OutBits-1:0] data_o,
    output logic [     Ring-1:0] flag_o
);
  localparam int Skipped = Done / 2;
  localparam int Stages = (ShiftBits + 1) / 2 - Skipped;
  logic unused;
  assign unused = ^shift_i;
  // After the first stage a ring of 8 will do if the top bit of its shift tells which round a bit is of.
  localparam int FirstRing = DataBits >= 6 && DataBits <= 7 && ShiftBits > 3 ? 8 : Ring;
  if (Done != 0 && Done != 2) $error("ring_align: Done must be 0 or 2");
  if (ShiftBits < 1 || ShiftBits > 6) $error("ring_align: ShiftBits must be 1..6");

  for (genvar s = 0; s < Stages; s++) begin : gen_stage
    localparam int Low = 2 * (s + Skipped);
    localparam int Count = ShiftBits - Low > 1 ? 2 : 1;
    localparam int InReach = DataBits + (1 << Low) - 1;
    localparam int StageReach = DataBits + (1 << (Low + Count)) - 1;
    localparam int InRing = Low == 2 && Done == 0 ? FirstRing : Ring;
    localparam int StageRing = Low == 0 ? FirstRing : Ring;
    localparam int InData = InReach < Ring ? InReach : Ring;
    localparam int InBits = InData < InRing ? InData : InRing;
    localparam int StageBits = StageReach < StageRing ? StageReach : StageRing;
    logic [InBits-1:0] entering;
    logic [StageBits-1:0] leaving;
    logic round;
    if (s == 0) begin : gen_first
      assign entering = data_i;
      assign round = 1'b0;
    end else begin : gen_next
      assign entering = gen_stage[s-1].leaving;
      assign round = Low == 2 && shift_i[1];
    end
    ring_stage #(
        .DataBits(InData),
        .InRing(InRing),
        .Ring(StageRing),
        .SelectBits(Count),
        .Step(1 << Low)
    ) u_stage (
        .data_i(entering),
        .round_i(round),
        .select_i(shift_i[Low+:Count]),
        .data_o(leaving)
    );
  end
  if (Stages == 0) begin : gen_done
    assign data_o = data_i;
  end else begin : gen_shifted
    assign data_o = gen_stage[Stages-1].leaving;
  end

  if (Ring < ReachBits) begin : gen_flags
    ring_flags #(
        .DataBits(DataBits),
        .Ring(Ring),
        .ShiftBits(ShiftBits)
    ) u_flags (
        .shift_i(shift_i),
        .flag_o(flag_o)
    );
  end else begin : gen_no_flags
    assign flag_o = '0;
  end
endmodule : ring_align
