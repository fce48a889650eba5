/* terms.h: a datapath as counts of the things its circuit is made of (terms.def), from its widths alone.
 *
 * n lanes in chains of c; w, a operand widths of integers; x, y exponent and mantissa bits of minifloats; S bits of the sum.
 *   integer    one operand of r bits is recoded, the other of m bits is not: ROWS ceil(r / 2) (m + 1), less 1 for odd r, a
 *              product, of which the last digit's are LAST_ROWS in a dot product; CARRIES n ceil(r / 2); MERGES
 *              ceil(r / 2) (ceil(n / c) - 1)(m + 1); SUMS S for each digit but the first, and for a register
 *   minifloat  significand product: TABLES or ROWS; EXPONENTS xw + xa - 2, HIDDEN bits; SHIFTS, HALF_SHIFTS the bits out of each stage
 *              before the row, TURNS where they go round; WINDOWS n magnitude bits, for a register S; SPREAD bits
 *   shift      SELECTS the bits out of the stages before the row; WINDOWS, CARRIES, MERGES as above
 *   sign       as shift; t bits of shift and a wider by one where it is unsigned
 *   bits       GATES a lane's nets, 1 for two binary signs, else 2; CARRIES those that are counted; SUMS S
 *   unsigned   as integer, each unsigned operand wider by one bit
 *   table      as integer, the digits of the table's values in place of the recoded operand: CODES, bits looked up
 *   mixed      as minifloat, the operand's significand and exponent by its form; CODES the bits of a magnitude that is made
 *              first, GATES those of a product with one bit; DECODES of fields looked up, 2^(nets - 6) a bit
 *   lookup     as mixed, CODES the bits looked up
 *   block      those of the elements, and SCALES
 *   pipe       those of the dot product, and REGISTERS
 *   convert    to a minifloat: INPUTS S, STEPS (y + 3) ceil(log2 S); to an integer: STEPS the bits that each step of the shift keeps,
 *              INPUTS those it drops; ROUNDING output bits
 *   window     a product as minifloat; TESTS and EXPONENTS of the largest exponent and the distance to it; SHIFTS the bits out of each
 *              stage; WINDOWS n (window + 1)
 *   float, block float  the product, or MAGNITUDES of the block's sum; FIELDS, SHIFTS, SUMS, LEADING, ROUNDS of the adder behind it
 *   block exact  SHIFTS within a window, FIELDS 2 windows, SUMS of the register
 *   dyadic     ROWS (S + 1)(floor(multiplier / 2) + 1), and as convert
 *   threshold  COMPARES thresholds * S, COUNTS thresholds
 *   nvfp4      MAGNITUDES n (S - 1), SHIFTS and TESTS of the common shift, FIELDS of the largest, COMPARES of four windows a lane
 *   quantise   MAGNITUDES n S, SHIFTS and TESTS of the common shift, COMPARES and HALF_SHIFTS by the rule, ROUNDING n output bits
 *   hadamard   SUMS n bits a stage;  huffman  COMPARES, WORDS, SYMBOLS;  dsp  CODES, MERGES and SUMS around the blocks
 * The headers of rtl/ state what each of these costs on a 7-series FPGA; the coefficients of the estimate are fitted. */
#ifndef NG_TERMS_H
#define NG_TERMS_H

#include "model/unit.h"

typedef enum {
#define TERM(name, part, text) NG_TERM_##name,
#include "src/estimate/terms.def"
#undef TERM
    NG_TERM_COUNT
} ng_term_id;

/* The parts of the split, and registers, which are no part of it. */
typedef enum {
    NG_SHARE_MULTIPLY = 0,
    NG_SHARE_ALIGN = 1,
    NG_SHARE_ACCUMULATE = 2,
    NG_SHARE_CONVERT = 3,
    NG_SHARE_REGISTER = 4
} ng_share;

/* A group of circuits of one construction, which share coefficients. */
typedef enum {
#define GROUP(id, name) NG_GROUP_##id,
#include "src/estimate/groups.def"
#undef GROUP
    NG_GROUP_COUNT
} ng_group;

typedef struct {
    ng_group group;
    double count[NG_TERM_COUNT];
} ng_terms;

/* "ROWS", ...; the text of the table; the share. Range: id < NG_TERM_COUNT. */
const char *ng_term_name(ng_term_id id);
const char *ng_term_text(ng_term_id id);
ng_share ng_term_share(ng_term_id id);

/* "integer mul", ... Range: group < NG_GROUP_COUNT. */
const char *ng_group_name(ng_group group);

/* Counts the terms of a datapath. */
void ng_terms_of(const ng_datapath *path, ng_terms *terms);

/* What the families count; path->unit decides the group. Only for ng_terms_of(). */
void ng_terms_integer(const ng_datapath *path, ng_terms *terms);
void ng_terms_minifloat(const ng_datapath *path, ng_terms *terms);
void ng_terms_shift(const ng_datapath *path, ng_terms *terms);
void ng_terms_sign(const ng_datapath *path, ng_terms *terms);
void ng_terms_bits(const ng_datapath *path, ng_terms *terms);
void ng_terms_unsigned(const ng_datapath *path, ng_terms *terms);
void ng_terms_table(const ng_datapath *path, ng_terms *terms);
void ng_terms_mixed(const ng_datapath *path, ng_terms *terms);
void ng_terms_lookup(const ng_datapath *path, ng_terms *terms);
void ng_terms_convert(const ng_datapath *path, ng_terms *terms);

/* The same for the kinds of their own. */
void ng_terms_nested(const ng_datapath *path, ng_terms *terms);
void ng_terms_window(const ng_datapath *path, ng_terms *terms);
void ng_terms_float(const ng_datapath *path, ng_terms *terms);
void ng_terms_block_float(const ng_datapath *path, ng_terms *terms);
void ng_terms_block_exact(const ng_datapath *path, ng_terms *terms);
void ng_terms_dyadic(const ng_datapath *path, ng_terms *terms);
void ng_terms_threshold(const ng_datapath *path, ng_terms *terms);
void ng_terms_quantise(const ng_datapath *path, ng_terms *terms);
void ng_terms_hadamard(const ng_datapath *path, ng_terms *terms);
void ng_terms_huffman(const ng_datapath *path, ng_terms *terms);
void ng_terms_dsp_dot(const ng_datapath *path, ng_terms *terms);
void ng_terms_dsp_mac(const ng_datapath *path, ng_terms *terms);

/* A lane of fixed point: a product of so many bits, shifted by an exponent sum from base to largest. */
typedef struct {
    unsigned product;
    unsigned base;
    unsigned largest;
    unsigned magnitude; /* bits of the shifted product */
} ng_aligned_lane;

/* rtl/parts/significand_product.sv: the product of significands of x and y bits. */
void ng_terms_significands(unsigned x, unsigned y, double lanes, ng_terms *terms);

/* The low bits of the shift that stand before a windowed row; returns how many of the exponent sum's (rtl/parts/minifloat_term.sv). */
unsigned ng_terms_aligned(const ng_aligned_lane *lane, double lanes, ng_terms *terms);

/* Bits of a number up to `largest`: of an exponent sum, a count; of 0 none. */
unsigned ng_terms_bit_length(unsigned largest);

/* A shift to the right of so many bits, two a stage, each of which has 3 * 2^(2 stage) bits more, up to `most`; sticky: what goes beyond
 * is looked at (rtl/parts/sticky_shift.sv, align_right.sv). */
typedef struct {
    unsigned data;
    unsigned most;
    unsigned shift;
    bool sticky;
} ng_right_shift;

void ng_terms_right_shift(const ng_right_shift *at, double lanes, ng_terms *terms);

/* What a lane knows of its product before any exponent is compared: rtl/parts/window_term.sv. */
void ng_terms_window_product(const ng_datapath *path, double lanes, ng_terms *terms);

/* Nets looked at for NaN and infinity. */
unsigned ng_terms_special_nets(const ng_format *format);

/* The rows of a chain: bits of a row, digits that have one each, bits that the last digit's is shorter, signs put aside a lane. */
typedef struct {
    unsigned bits;
    unsigned digits;
    unsigned shorter;
    unsigned signs;
} ng_chain_rows;

/* DOT, or PIPE, which is the same circuit with registers between rows. */
bool ng_terms_adds_lanes(const ng_datapath *path);

/* Lanes of the first, longest chain. */
unsigned ng_terms_chain_lanes(const ng_datapath *path);

/* Chains of a dot product; the carries' and merges' terms of its rows, and with registers between them these. */
size_t ng_terms_chains(const ng_datapath *path);
void ng_terms_chain_ends(const ng_datapath *path, const ng_chain_rows *rows, ng_terms *terms);

/* Bits of the registers between rows: src/estimate/terms_pipe.c. */
double ng_terms_pipe_registers(const ng_datapath *path, const ng_chain_rows *rows);

/* An RTL parameter of the datapath; 0 if the circuit has none of the name. */
unsigned ng_terms_parameter(const ng_datapath *path, const char *name);

#endif
