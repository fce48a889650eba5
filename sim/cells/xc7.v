// Behaviour of the 7-series cells a mapped netlist may hold, lean enough for fast simulation (Xilinx UG953).
`default_nettype none

module LUT1 #(parameter [1:0] INIT = 0) (output wire O, input wire I0);
  assign O = INIT[I0];
endmodule

module LUT2 #(parameter [3:0] INIT = 0) (output wire O, input wire I0, I1);
  assign O = INIT[{I1, I0}];
endmodule

module LUT3 #(parameter [7:0] INIT = 0) (output wire O, input wire I0, I1, I2);
  assign O = INIT[{I2, I1, I0}];
endmodule

module LUT4 #(parameter [15:0] INIT = 0) (output wire O, input wire I0, I1, I2, I3);
  assign O = INIT[{I3, I2, I1, I0}];
endmodule

module LUT5 #(parameter [31:0] INIT = 0) (output wire O, input wire I0, I1, I2, I3, I4);
  assign O = INIT[{I4, I3, I2, I1, I0}];
endmodule

module LUT6 #(parameter [63:0] INIT = 0) (output wire O, input wire I0, I1, I2, I3, I4, I5);
  assign O = INIT[{I5, I4, I3, I2, I1, I0}];
endmodule

module INV (output wire O, input wire I);
  assign O = ~I;
endmodule

module MUXF7 (output wire O, input wire I0, I1, S);
  assign O = S ? I1 : I0;
endmodule

module MUXF8 (output wire O, input wire I0, I1, S);
  assign O = S ? I1 : I0;
endmodule

module CARRY4 (output wire [3:0] CO, O, input wire CI, CYINIT, input wire [3:0] DI, S);
  wire c0 = S[0] ? (CI | CYINIT) : DI[0];
  wire c1 = S[1] ? c0 : DI[1];
  wire c2 = S[2] ? c1 : DI[2];
  wire c3 = S[3] ? c2 : DI[3];
  assign O = S ^ {c2, c1, c0, CI | CYINIT};
  assign CO = {c3, c2, c1, c0};
endmodule

module FDRE #(
    parameter [0:0] INIT = 0, IS_C_INVERTED = 0, IS_D_INVERTED = 0, IS_R_INVERTED = 0
) (output reg Q, input wire C, CE, D, R);
  initial Q = INIT;
  always @(posedge C) begin
    if (R ^ IS_R_INVERTED) Q <= 1'b0;
    else if (CE) Q <= D ^ IS_D_INVERTED;
  end
endmodule

module FDSE #(
    parameter [0:0] INIT = 1, IS_C_INVERTED = 0, IS_D_INVERTED = 0, IS_S_INVERTED = 0
) (output reg Q, input wire C, CE, D, S);
  initial Q = INIT;
  always @(posedge C) begin
    if (S ^ IS_S_INVERTED) Q <= 1'b1;
    else if (CE) Q <= D ^ IS_D_INVERTED;
  end
endmodule

`default_nettype wire
