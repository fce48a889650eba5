// int_table: product = w * a, two's complement, one table a bit.
//
//   int3 * int3: w -4, a 3 -> -12
// Range: WeightBits + ActivationBits 4..8.  Latency: 0.  Golden: ng_int_mul.
// LUTs: one a bit with six bits of code, up to four a bit with eight.
(* keep_hierarchy *)
module int_table #(
    parameter int WeightBits = 4,
    parameter int ActivationBits = 4,
    // Derived, do not change.
    localparam int PRODUCT_BITS = WeightBits + ActivationBits
) (
    input  logic [WeightBits-1:0]     w_i,
    input  logic [ActivationBits-1:0] a_i,
    output logic [PRODUCT_BITS-1:0]   product_o
);
  // Entry {w, a}; entries stand 8 bits apart: an index times anything but a power of two would be a multiplier.
  function automatic logic [(8<<PRODUCT_BITS)-1:0] products();
    int w;
    int a;
    products = '0;
    for (int entry = 0; entry < (1 << PRODUCT_BITS); entry++) begin
      w = entry >> ActivationBits;
      a = entry & ((1 << ActivationBits) - 1);
      if (w >= (1 << (WeightBits - 1))) w = w - (1 << WeightBits);
      if (a >= (1 << (ActivationBits - 1))) a = a - (1 << ActivationBits);
      products[entry*8+:8] = 8'(w * a);
    end
  endfunction
  localparam logic [(8<<PRODUCT_BITS)-1:0] PRODUCTS = products();

  assign product_o = PRODUCTS[{w_i, a_i, 3'b000}+:PRODUCT_BITS];

  if (PRODUCT_BITS < 4 || PRODUCT_BITS > 8) $error("int_table: the codes have more than 8 bits together");
endmodule : int_table
