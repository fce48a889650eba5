// carry_exceeds: y_o = ~never_i & (x_i + carry_i > t_i), all unsigned, t_i of another width.
//
// As pair_compare, on a carry chain with "greater" and "not less" in one site of a LUT with two outputs, but each site takes
// whatever five nets hold: two bits of both, three of x_i where t_i has none, and never_i on top and carry_i below.
//   XBits 4, TBits 3: 5 + 0 against 5 -> 0;  5 + 1 against 5 -> 1;  8 + 0 against 7 -> 1
//
// Latency: 0 (combinational).  Range: XBits >= TBits >= 1.  LUTs expected: twice the sites: (XBits + TBits + 2) / 5 and a little.
(* keep_hierarchy *)
module carry_exceeds #(
    parameter int XBits = 9,
    parameter int TBits = 8
) (
    input  logic [XBits-1:0] x_i,
    input  logic             carry_i,
    input  logic [TBits-1:0] t_i,
    input  logic             never_i,
    output logic             y_o
);
  if (TBits < 1 || TBits > XBits) $error("carry_exceeds: TBits must be 1..XBits");

  // Place 0 is the carry, place b + 1 bit b. The sites of places, counted from the top, eight bits each.
  localparam int Nets = 5;
  function automatic logic [8*XBits+7:0] sites(input int most);
    int nets;
    int more;
    logic [7:0] site;
    nets = 1;
    site = 8'd0;
    for (int b = most; b >= 0; b--) begin
      more = b > TBits || b == 0 ? 1 : 2;
      nets = nets + more;
      if (nets > Nets) begin
        nets = more;
        site = site + 8'd1;
      end
      sites[8*b+:8] = site;
    end
  endfunction
  localparam logic [8*XBits+7:0] SITES = sites(XBits);

  localparam int Sites = 32'(SITES[7:0]) + 1;
  logic [XBits:0] x;
  logic [XBits:0] t;
  logic [Sites-1:0] greater;
  logic [Sites-1:0] not_less;
  logic [Sites:0] total;
  logic unused;
  assign x = {x_i, carry_i};
  assign t = {XBits'(t_i), 1'b0};
  for (genvar b = 0; b <= XBits; b++) begin : gen_place
    localparam int Site = 32'(SITES[8*b+:8]);
    localparam int Below = b == 0 ? Sites : 32'(SITES[8*(b==0?0:b-1)+:8]);
    localparam int Above = b == XBits ? -1 : 32'(SITES[8*(b==XBits?b:b+1)+:8]);
    logic greater_here;
    logic equal_here;
    if (Below != Site) begin : gen_first
      assign greater_here = x[b] & ~t[b];
      assign equal_here = ~(x[b] ^ t[b]);
    end else begin : gen_next
      assign greater_here = (x[b] & ~t[b]) | (~(x[b] ^ t[b]) & gen_place[b-1].greater_here);
      assign equal_here = ~(x[b] ^ t[b]) & gen_place[b-1].equal_here;
    end
    if (b == XBits) begin : gen_top
      assign greater[Sites-1-Site] = greater_here & ~never_i;
      assign not_less[Sites-1-Site] = (greater_here | equal_here) & ~never_i;
    end else if (Above != Site) begin : gen_last
      assign greater[Sites-1-Site] = greater_here;
      assign not_less[Sites-1-Site] = greater_here | equal_here;
    end
  end
  carry_add #(
      .Bits(Sites + 1)
  ) u_add (
      .acc_i({1'b0, greater}),
      .addend_i({1'b0, not_less}),
      .carry_i(1'b0),
      .sum_o(total)
  );
  assign y_o = total[Sites];
  assign unused = ^total[Sites-1:0];
endmodule : carry_exceeds
