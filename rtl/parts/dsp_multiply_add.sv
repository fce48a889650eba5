// dsp_multiply_add: p = a * b + z in one DSP48E1, two's complement, p modulo 2^48.
//
//   Addend 0: z 0;  1: z pcin, the p of the block before it;  2: z p itself from the edge before, 0 where first is 1;  3: z c
//   a -3, b 5, Addend 1, pcin 7 -> -8
// Ports: pcin_i only from pcout_o of another block, or constant: a wire of the DSP column. clk_i unused without registers,
// first_i without Addend 2.
// Range: Registers 0, or 1: before a and b, with Addend 2 first. Addend 2 has a register behind p, too.
// Latency: Registers, and 1 with Addend 2.  Golden: ng_dsp_dot, ng_dsp_mac.
// LUTs: none; 1 with Addend 2 for the inverse of first.
(* keep_hierarchy *)
module dsp_multiply_add #(
    parameter int Registers = 0,
    parameter int Addend = 0
) (
    input  logic        clk_i,
    input  logic        first_i,
    input  logic [24:0] a_i,
    input  logic [17:0] b_i,
    input  logic [47:0] c_i,
    input  logic [47:0] pcin_i,
    output logic [47:0] p_o,
    output logic [47:0] pcout_o
);
  localparam int SUMS = Addend == 2 ? 1 : 0;
  localparam logic [1:0] CHOICE = Addend == 1 ? 2'b01 : Addend == 3 ? 2'b11 : 2'b00;

  logic clock;
  logic [1:0] choice;
  assign clock = Registers + SUMS != 0 ? clk_i : 1'b0;
  assign choice = SUMS != 0 ? {~first_i, 1'b0} : CHOICE;

  DSP48E1 #(
      .USE_DPORT("FALSE"),
      .USE_MULT("MULTIPLY"),
      .USE_SIMD("ONE48"),
      .USE_PATTERN_DETECT("NO_PATDET"),
      .A_INPUT("DIRECT"),
      .B_INPUT("DIRECT"),
      .AREG(Registers),
      .BREG(Registers),
      .DREG(0),
      .OPMODEREG(Registers * SUMS),
      .ACASCREG(Registers),
      .BCASCREG(Registers),
      .CREG(0),
      .ADREG(0),
      .MREG(0),
      .PREG(SUMS),
      .INMODEREG(0),
      .ALUMODEREG(0),
      .CARRYINREG(0),
      .CARRYINSELREG(0)
  ) u_block (
      .CLK(clock),
      .A({{5{a_i[24]}}, a_i}),
      .B(b_i),
      .C(c_i),
      .D(25'd0),
      .PCIN(pcin_i),
      .OPMODE({1'b0, choice, 4'b0101}),
      .ALUMODE(4'b0000),
      .INMODE(5'b00000),
      .CARRYIN(1'b0),
      .CARRYINSEL(3'b000),
      .CEA1(1'b1),
      .CEA2(1'b1),
      .CEB1(1'b1),
      .CEB2(1'b1),
      .CEC(1'b1),
      .CED(1'b1),
      .CEAD(1'b1),
      .CEM(1'b1),
      .CEP(1'b1),
      .CECTRL(1'b1),
      .CEINMODE(1'b1),
      .CEALUMODE(1'b1),
      .CECARRYIN(1'b1),
      .RSTA(1'b0),
      .RSTB(1'b0),
      .RSTC(1'b0),
      .RSTD(1'b0),
      .RSTM(1'b0),
      .RSTP(1'b0),
      .RSTCTRL(1'b0),
      .RSTINMODE(1'b0),
      .RSTALUMODE(1'b0),
      .RSTALLCARRYIN(1'b0),
      .P(p_o),
      .PCOUT(pcout_o)
  );

  if (Registers < 0 || Registers > 1) $error("dsp_multiply_add: Registers is not 0 or 1");
  if (Addend < 0 || Addend > 3) $error("dsp_multiply_add: Addend is not 0 to 3");
endmodule : dsp_multiply_add
