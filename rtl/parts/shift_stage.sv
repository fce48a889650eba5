// shift_stage: data_o = data_i << (select_i * Step), no bit lost.
//
// Latency: 0 (combinational).  Range: SelectBits 1..2, Step >= 1, DataBits >= 1.
// LUTs expected: one an output bit; two bits share a site where SelectBits is 1.
(* keep_hierarchy *)
module shift_stage #(
    parameter int DataBits = 8,
    parameter int SelectBits = 2,
    parameter int Step = 1,
    localparam int OutBits = DataBits + ((1 << SelectBits) - 1) * Step
) (
    input  logic [  DataBits-1:0] data_i,
    input  logic [SelectBits-1:0] select_i,
    output logic [   OutBits-1:0] data_o
);
  if (SelectBits < 1 || SelectBits > 2) $error("shift_stage: SelectBits must be 1 or 2");

  logic [OutBits-1:0] wide;
  assign wide = OutBits'(data_i);
  if (SelectBits == 1) begin : gen_two
    assign data_o = select_i[0] ? wide << Step : wide;
  end else begin : gen_four
    assign data_o = select_i[1] ? (select_i[0] ? wide << (3 * Step) : wide << (2 * Step))
                                : (select_i[0] ? wide << Step : wide);
  end
endmodule : shift_stage
