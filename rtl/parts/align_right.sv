// align_right: data_o = data_i moved down by select_i * Step places, both read from their top bits; what leaves data_o below
// is lost.
//
//   InBits 3, OutBits 5, SelectBits 1, Step 2: 3'b101, select 1 -> 5'b00101;  select 0 -> 5'b10100
//
// Latency: 0 (combinational).  Range: SelectBits 1..2, Step >= 1, InBits <= OutBits <= InBits + (2^SelectBits - 1) * Step.
// LUTs expected: one an output bit.
(* keep_hierarchy *)
module align_right #(
    parameter int InBits = 8,
    parameter int OutBits = 11,
    parameter int SelectBits = 2,
    parameter int Step = 1
) (
    input  logic [    InBits-1:0] data_i,
    input  logic [SelectBits-1:0] select_i,
    output logic [   OutBits-1:0] data_o
);
  if (SelectBits < 1 || SelectBits > 2) $error("align_right: SelectBits must be 1 or 2");
  if (OutBits < InBits) $error("align_right: OutBits is less than InBits");

  logic [OutBits-1:0] wide;
  assign wide = OutBits'(data_i) << (OutBits - InBits);
  if (SelectBits == 1) begin : gen_two
    assign data_o = select_i[0] ? wide >> Step : wide;
  end else begin : gen_four
    assign data_o = select_i[1] ? (select_i[0] ? wide >> (3 * Step) : wide >> (2 * Step))
                                : (select_i[0] ? wide >> Step : wide);
  end
endmodule : align_right
