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

// What of a DSP48E1 circuits here use (UG479): P = ((D +) A) * B + Z, Z as OPMODE[6:4] says. The pins and parameters left out
// would change that, so that a netlist that has them is refused.
/* verilator lint_off UNUSED */
module DSP48E1 #(
    parameter [39:0] USE_DPORT = "FALSE", parameter USE_MULT = "MULTIPLY", USE_SIMD = "ONE48", USE_PATTERN_DETECT = "NO_PATDET",
    parameter A_INPUT = "DIRECT", B_INPUT = "DIRECT",
    parameter integer AREG = 1, BREG = 1, CREG = 1, DREG = 1, ADREG = 1, MREG = 1, PREG = 1, OPMODEREG = 1,
    parameter integer ACASCREG = 1, BCASCREG = 1, INMODEREG = 1, ALUMODEREG = 1, CARRYINREG = 1, CARRYINSELREG = 1
) (
    output wire [47:0] P, PCOUT,
    input wire CLK, CARRYIN,
    input wire [29:0] A,
    input wire [17:0] B,
    input wire [47:0] C, PCIN,
    input wire [24:0] D,
    input wire [6:0] OPMODE,
    input wire [3:0] ALUMODE,
    input wire [4:0] INMODE,
    input wire [2:0] CARRYINSEL,
    input wire CEA1, CEA2, CEB1, CEB2, CEC, CED, CEAD, CEM, CEP, CECTRL, CEINMODE, CEALUMODE, CECARRYIN,
    input wire RSTA, RSTB, RSTC, RSTD, RSTM, RSTP, RSTCTRL, RSTINMODE, RSTALUMODE, RSTALLCARRYIN
);
  reg signed [24:0] a_q = 0, d_q = 0, ad_q = 0;
  reg signed [17:0] b_q = 0;
  reg signed [47:0] c_q = 0, p_q = 0;
  reg signed [42:0] m_q = 0;
  reg [6:0] opmode_q = 0;
  always @(posedge CLK) begin
    a_q <= A[24:0];
    b_q <= B;
    c_q <= C;
    d_q <= D;
    ad_q <= ad;
    m_q <= m;
    p_q <= p;
    opmode_q <= OPMODE;
  end

  wire signed [24:0] a1 = AREG != 0 ? a_q : A[24:0];
  wire signed [24:0] d1 = DREG != 0 ? d_q : D;
  wire signed [17:0] b1 = BREG != 0 ? b_q : B;
  wire signed [47:0] c1 = CREG != 0 ? c_q : C;
  wire [6:0] opmode = OPMODEREG != 0 ? opmode_q : OPMODE;
  wire signed [24:0] ad = d1 + a1;
  wire signed [24:0] factor = USE_DPORT == "FALSE" ? a1 : ADREG != 0 ? ad_q : ad;
  wire signed [42:0] m = factor * b1;
  wire signed [42:0] product = MREG != 0 ? m_q : m;
  wire [47:0] x = opmode[3:0] == 4'b0101 ? {{5{product[42]}}, product} : 48'd0;
  wire [47:0] z = opmode[6:4] == 3'b001 ? PCIN : opmode[6:4] == 3'b010 ? p_q : opmode[6:4] == 3'b011 ? c1 : 48'd0;
  wire [47:0] p = x + z;
  assign P = PREG != 0 ? p_q : p;
  assign PCOUT = P;
endmodule
/* verilator lint_on UNUSED */

`default_nettype wire
