// level_code: the code of a level: two's complement level + smallest, or sign and magnitude about the level of zero.
//
//   CodeBits 3: SignMagnitude 0: level 0 -> 3'b100 (-4), 5 -> 3'b001;  1: level 0 -> 3'b111 (-3), 3 -> 3'b000, 5 -> 3'b010
//
// Latency: 0 (combinational).  Range: CodeBits >= 2; with SignMagnitude the largest level is not used.
// LUTs expected: none, or CodeBits.
(* keep_hierarchy *)
module level_code #(
    parameter int CodeBits = 4,
    parameter int SignMagnitude = 0
) (
    input  logic [CodeBits-1:0] level_i,
    output logic [CodeBits-1:0] code_o
);
  localparam logic [CodeBits-1:0] Zero = {1'b0, {(CodeBits - 1) {1'b1}}};
  if (SignMagnitude == 0) begin : gen_complement
    assign code_o = {~level_i[CodeBits-1], level_i[CodeBits-2:0]};
  end else begin : gen_sign
    logic negative;
    logic [CodeBits-1:0] magnitude;
    logic unused;
    assign negative = level_i < Zero;
    assign magnitude = negative ? Zero - level_i : level_i - Zero;
    assign code_o = {negative, magnitude[CodeBits-2:0]};
    assign unused = magnitude[CodeBits-1];
  end
endmodule : level_code
