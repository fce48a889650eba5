// leading_shift: moves the leading digit of a two's complement number to the top.
//
//   k = how often the bit below the sign equals the sign (from the top, at most 2^PlaceBits - 1)
//   {top_o, ...} = the DataBits bits below the sign, shifted left by k, zeros in from the right
//   sticky_o = 1 if a 1 is left below top_o
//   place_o = 2^PlaceBits - 1 - k
//
//   data_i (8 bits)   top_o (3 bits)   sticky_o   place_o (3 bits)
//   0001_1010         110              1          5
//   1111_1000         000              0          3    (-8: the bits are those of the number, not of its magnitude)
//   0000_0000         000              0          0
//
// Latency: 0 (combinational).  Range: DataBits >= 2, TopBits >= 1.
// LUTs expected: about DataBits + (TopBits + 2) * PlaceBits for the shifts, DataBits / 3 for the tests.
(* keep_hierarchy *)
module leading_shift #(
    parameter int DataBits = 25,
    parameter int TopBits = 5,
    localparam int PlaceBits = $clog2(DataBits)
) (
    input  logic [   DataBits:0] data_i,
    output logic [  TopBits-1:0] top_o,
    output logic                 sticky_o,
    output logic [PlaceBits-1:0] place_o
);
  if (DataBits < 2) $error("leading_shift: DataBits must be at least 2");
  if (TopBits < 1) $error("leading_shift: TopBits must be at least 1");

  // Bits that can still reach the top after the stage that shifts by 2^k: TopBits + 2^k - 1; the rest is sticky.
  function automatic int kept(input int stage);
    int reach;
    kept = DataBits;
    for (int s = 0; s < stage; s++) begin
      reach = TopBits + (1 << (PlaceBits - 1 - s)) - 1;
      if (reach < kept) kept = reach;
    end
  endfunction

  logic [PlaceBits-1:0] sticky;
  for (genvar s = 0; s < PlaceBits; s++) begin : gen_stage
    localparam int Step = 1 << (PlaceBits - 1 - s);
    localparam int InBits = kept(s);
    localparam int OutBits = kept(s + 1);
    logic [InBits-1:0] in;
    logic [InBits-1:0] moved;
    logic [OutBits-1:0] out;
    if (s == 0) begin : gen_first
      assign in = data_i[DataBits-1:0];
    end else begin : gen_next
      assign in = gen_stage[s-1].out;
    end
    assign place_o[PlaceBits-1-s] = in[InBits-1-:Step] != {Step{data_i[DataBits]}};
    assign moved = place_o[PlaceBits-1-s] ? in : in << Step;
    assign out = moved[InBits-1-:OutBits];
    if (OutBits < InBits) begin : gen_sticky
      assign sticky[s] = |moved[InBits-OutBits-1:0];
    end else begin : gen_whole
      assign sticky[s] = 1'b0;
    end
  end

  localparam int LastBits = kept(PlaceBits);
  if (LastBits < TopBits) begin : gen_pad
    assign top_o = {gen_stage[PlaceBits-1].out, (TopBits - LastBits)'(0)};
  end else begin : gen_full
    assign top_o = gen_stage[PlaceBits-1].out;
  end
  assign sticky_o = |sticky;
endmodule : leading_shift
