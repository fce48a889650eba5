// scale_accumulator: scale <= weight scale + activation scale; nan <= (first ? 0 : nan) | either code is NaN.
//
// The scale belongs to the last step, the NaN to every step since first.
//   HasNan 1: codes 255, 1, first 1 -> scale 256, nan 1;  then 3, 4, first 0 -> scale 7, nan 1
// Range: as in scale_add.  Latency: 1 clock edge, initiation interval 1.  Golden: ng_result_pack.
// LUTs: those of scale_add, the old NaN fitting into its last one.
(* keep_hierarchy *)
module scale_accumulator #(
    parameter int HasNan = 0
) (
    input  logic       clk_i,
    input  logic       first_i,
    input  logic [7:0] w_i,
    input  logic [7:0] a_i,
    output logic [8:0] scale_o,
    output logic       nan_o
);
  logic [8:0] scale_q;
  logic nan_q;

  always_ff @(posedge clk_i) begin
    scale_q <= 9'(w_i) + 9'(a_i);
    nan_q <= HasNan != 0 && (&w_i || &a_i || (nan_q && !first_i));
  end
  assign scale_o = scale_q;
  assign nan_o = nan_q;
endmodule : scale_accumulator
