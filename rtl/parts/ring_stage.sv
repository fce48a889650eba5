// ring_stage: data_o = data rotated left by select_i * Step places in a ring of Ring bits: what would leave the ring at the
// top comes back at the bottom.
//
//   DataBits 6, InRing 8, Ring 8, SelectBits 2, Step 1: data 6'b110001, select 3 -> 8'b10001001
// A ring that is never left is a plain shift; data_o has the bits that can be set. The data, DataBits of it, may itself
// come in a ring of InRing bits: then round_i says that bit j of the ring is data bit j + InRing and not j.
//
// Latency: 0 (combinational).  Range: SelectBits 1..2, Step >= 1, InRing and DataBits at most Ring, DataBits below
// 2 * InRing.
// LUTs expected: one an output bit; two bits share a site where SelectBits is 1 or few bits reach them.
(* keep_hierarchy *)
module ring_stage #(
    parameter int DataBits = 8,
    parameter int InRing = 8,
    parameter int Ring = 8,
    parameter int SelectBits = 2,
    parameter int Step = 1,
    localparam int InBits = DataBits < InRing ? DataBits : InRing,
    localparam int Reach = DataBits + ((1 << SelectBits) - 1) * Step,
    localparam int OutBits = Reach < Ring ? Reach : Ring
) (
    input  logic [    InBits-1:0] data_i,
    input  logic                  round_i,
    input  logic [SelectBits-1:0] select_i,
    output logic [   OutBits-1:0] data_o
);
  if (SelectBits < 1 || SelectBits > 2) $error("ring_stage: SelectBits must be 1 or 2");
  if (DataBits > Ring) $error("ring_stage: the data is longer than the ring");
  if (DataBits >= 2 * InRing) $error("ring_stage: the data goes round its own ring more than twice");

  logic [DataBits-1:0] data;
  logic [1:0] selected;
  logic unused;
  for (genvar j = 0; j < DataBits; j++) begin : gen_data
    if (j >= InRing) begin : gen_second
      assign data[j] = data_i[j-InRing] & round_i;
    end else if (j + InRing < DataBits) begin : gen_first
      assign data[j] = data_i[j] & ~round_i;
    end else begin : gen_only
      assign data[j] = data_i[j];
    end
  end

  assign selected = 2'(select_i);
  for (genvar i = 0; i < OutBits; i++) begin : gen_bit
    logic [3:0] choice;
    for (genvar k = 0; k < 4; k++) begin : gen_choice
      localparam int From = (i + 4 * Ring * Step - k * Step) % Ring;
      if (k < (1 << SelectBits) && From < DataBits) begin : gen_in
        assign choice[k] = data[From];
      end else begin : gen_out
        assign choice[k] = 1'b0;
      end
    end
    assign data_o[i] = selected[1] ? (selected[0] ? choice[3] : choice[2]) : (selected[0] ? choice[1] : choice[0]);
  end
  assign unused = round_i;
endmodule : ring_stage
