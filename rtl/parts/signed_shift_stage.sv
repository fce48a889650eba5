// signed_shift_stage: data_o = (data_i << (max(exponent_i, 1) - 1)) ^ {negative, ...}: a two-bit exponent field drives
// its shift of 0, 1 or 2 without decoding, and the sign is applied in the same LUT.
//
// Latency: 0 (combinational).  Range: DataBits >= 1.  LUTs expected: DataBits + 2.
(* keep_hierarchy *)
module signed_shift_stage #(
    parameter int DataBits = 8
) (
    input  logic [DataBits-1:0] data_i,
    input  logic [         1:0] exponent_i,
    input  logic                negative_i,
    output logic [DataBits+1:0] data_o
);
  logic [DataBits+1:0] wide;
  assign wide = (DataBits + 2)'(data_i);
  assign data_o = (exponent_i[1] ? (exponent_i[0] ? wide << 2 : wide << 1) : wide) ^ {(DataBits + 2) {negative_i}};
endmodule : signed_shift_stage
