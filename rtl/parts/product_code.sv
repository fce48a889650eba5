// product_code: the code of a product of two short magnitudes, and back: among the few values such a product takes,
// code_o is the rank of (product >> 1), and high_o the value of rank code_i.
//
// Both magnitudes 2 + 1 bits (values 0 1 2 3 4 6 8 12 lsb): product >> 1 takes 16 values, so that 4 nets carry it where
// it has 7 bits, and each of its bits, a function of 4 nets, fits a row's LUT with the sign and the sum.
//
//   product >> 1   0 1 2 3 4 6 8 9 12 16 18 24 32 36 48 72
//   code           0 1 2 3 4 5 6 7  8  9 10 11 12 13 14 15
//
// Latency: 0 (combinational).  Range: as minifloat_table, and at most 16 values (Values, the caller's count).
// LUTs expected: 4 for the code with up to 6 code bits in front; none for the way back in a row.
module product_code #(
    parameter int WeightExponentBits = 2,
    parameter int WeightMantissaBits = 1,
    parameter int ActivationExponentBits = 2,
    parameter int ActivationMantissaBits = 1,
    localparam int HighBits =
        (1 << WeightExponentBits) + WeightMantissaBits + (1 << ActivationExponentBits) + ActivationMantissaBits - 3
) (
    input  logic [HighBits-1:0] high_i,
    input  logic [         3:0] code_i,
    output logic [         3:0] code_o,
    output logic [HighBits-1:0] high_o
);
  localparam int WeightCodes = 1 << (WeightExponentBits + WeightMantissaBits);
  localparam int ActivationCodes = 1 << (ActivationExponentBits + ActivationMantissaBits);

  // Bit v: some product is 2 * v or 2 * v + 1.
  function automatic logic [(1<<HighBits)-1:0] taken();
    int weight;
    int activation;
    int hidden;
    taken = '0;
    for (int w = 0; w < WeightCodes; w++) begin
      hidden = w >> WeightMantissaBits;
      weight = hidden == 0 ? w
                           : ((1 << WeightMantissaBits) + (w - (hidden << WeightMantissaBits))) << (hidden - 1);
      for (int a = 0; a < ActivationCodes; a++) begin
        hidden = a >> ActivationMantissaBits;
        activation = hidden == 0 ? a
                                 : ((1 << ActivationMantissaBits) + (a - (hidden << ActivationMantissaBits))) << (hidden - 1);
        taken[(weight*activation)>>1] = 1'b1;
      end
    end
  endfunction
  localparam logic [(1<<HighBits)-1:0] Taken = taken();

  always_comb begin
    logic [3:0] rank;
    code_o = '0;
    high_o = '0;
    rank = '0;
    for (int v = 0; v < (1 << HighBits); v++) begin
      if (Taken[v]) begin
        if (high_i == HighBits'(v)) code_o = rank;
        if (code_i == rank) high_o = HighBits'(v);
        rank = rank + 4'd1;
      end
    end
  end
endmodule : product_code
