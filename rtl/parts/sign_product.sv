// sign_product: negative_o = x_i ^ y_i.  Latency: 0.  LUTs: 1.
(* keep_hierarchy *)
module sign_product (
    input  logic x_i,
    input  logic y_i,
    output logic negative_o
);
  assign negative_o = x_i ^ y_i;
endmodule : sign_product
