/* terms.h: a datapath as counts of the things its circuit is made of (terms.def), from its widths alone.
 *
 * n lanes in chains of c; w, a operand widths of integers; x, y exponent and mantissa bits of minifloats; S bits of the sum.
 *   integer    one operand of r bits is recoded, the other of m bits is not: ROWS ceil(r / 2) (m + 1), less 1 for odd r, a
 *              product, of which the last digit's are LAST_ROWS in a dot product; CARRIES n ceil(r / 2); MERGES
 *              ceil(r / 2) (ceil(n / c) - 1)(m + 1); SUMS S for each digit but the first, and for a register
 *   minifloat  significand product: TABLES or ROWS; EXPONENTS xw + xa - 2, HIDDEN bits; SHIFTS, HALF_SHIFTS the bits out of each stage
 *              before the row, TURNS where they go round; WINDOWS n magnitude bits, for a register S; SPREAD bits
 *   shift      SELECTS the bits out of the stages before the row; WINDOWS, CARRIES, MERGES as above
 *   block      those of the elements, and SCALES
 *   convert    to a minifloat: INPUTS S, STEPS (y + 3) ceil(log2 S); to an integer: STEPS the bits that each step of the shift keeps,
 *              INPUTS those it drops; ROUNDING output bits
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
    NG_GROUP_INTEGER_MUL = 0,
    NG_GROUP_INTEGER_MAC = 1,
    NG_GROUP_INTEGER_DOT = 2,
    NG_GROUP_MINIFLOAT_MUL = 3,
    NG_GROUP_MINIFLOAT_MAC = 4,
    NG_GROUP_MINIFLOAT_DOT = 5,
    NG_GROUP_SHIFT_MUL = 6,
    NG_GROUP_SHIFT_MAC = 7,
    NG_GROUP_SHIFT_DOT = 8,
    NG_GROUP_INTEGER_CONVERT = 9,
    NG_GROUP_MINIFLOAT_CONVERT = 10,
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

/* Counts the terms of a datapath. False if its unit belongs to no group. */
bool ng_terms_of(const ng_datapath *path, ng_terms *terms);

/* What the families count; path->unit decides the group. Only for ng_terms_of(). */
void ng_terms_integer(const ng_datapath *path, ng_terms *terms);
void ng_terms_minifloat(const ng_datapath *path, ng_terms *terms);
void ng_terms_shift(const ng_datapath *path, ng_terms *terms);
void ng_terms_convert(const ng_datapath *path, ng_terms *terms);

/* Chains of a dot product, and the carries' and merges' terms for rows of row_bits in each of `digits` columns. */
size_t ng_terms_chains(const ng_datapath *path);
void ng_terms_chain_ends(const ng_datapath *path, unsigned row_bits, unsigned digits, ng_terms *terms);

#endif
