/* accumulator.h: the accumulator as a parameter of multiply, MAC and dot product.
 *
 * A term is the exact product of two codes or, in a block format, the exact sum of a block's products under both
 * scales.
 *
 *   EXACT    a two's complement register in which nothing is lost (Kulisch): s' = s + term, in any order the same bits.
 *            Bit 0 is worth 2^lsb, lsb = lsb(weight) + lsb(activation) (+ those of both scales); width for n products
 *            of magnitude bits m (ng_format_magnitude_bits(), codes read without specials):
 *              integer x integer, shift x integer   bits(n * Lw * La) + 1, L the largest |value| / 2^lsb
 *              others                               mw + ma + ceil(log2 n) + 1
 *              blocks                               + the range of both scales: E8M0 254, BIASED8 255, UE4M3 18
 *            `bits` narrower than that is the same register modulo 2^bits. Error 0 unless it wraps.
 *   WINDOW   every term of the dot product is cut to W bits below its largest alignment exponent E (model/window.h),
 *            then the cut terms are added exactly: W + ceil(log2 n) + 1 bits when cutting, W + floor(log2 n) + 2 when
 *            rounding.
 *   FLOAT    s' = round(s + term) in {x, y} (model/precision.h), in the order given; `product` {0, 0}: the term enters
 *            the addition exact (fused), else it is rounded to that precision first.
 *            |error| <= n * 2^-(y+1) * sum |term|, to nearest, fused, without over- or underflow (Jeannerod and Rump
 *            2013)
 *   BLOCKED  groups of `group` terms in a row: inside a group EXACT (window 0) or WINDOW, then one FLOAT addition a
 *            group (chunks: Wang et al., arXiv 1812.08011); the bound of FLOAT with the number of groups for n, plus
 *            that of each window. `joined`: the running sum is aligned and cut with the group as if it were one more
 *            term, and the result is rounded once (tensor cores: Fasi et al., PeerJ CS 7:e330, 2021). The last group
 *            may be short.
 *
 * NaN and infinities of the operands: the term is that of the codes read as ordinary numbers and the sum's flag is
 * raised, for good. Only a FLOAT register becomes infinite, or NaN, by itself.
 */
#ifndef NG_ACCUMULATOR_H
#define NG_ACCUMULATOR_H

#include "model/precision.h"
#include "model/term.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    NG_ACCUMULATE_EXACT = 0,
    NG_ACCUMULATE_WINDOW = 1,
    NG_ACCUMULATE_FLOAT = 2,
    NG_ACCUMULATE_BLOCKED = 3
} ng_accumulator_kind;

typedef struct {
    ng_accumulator_kind kind;
    unsigned bits;          /* EXACT: width, 0 = as wide as it takes */
    unsigned window;        /* WINDOW, BLOCKED: W, 1..128; BLOCKED 0: exact inside the group */
    ng_rounding cut;        /* WINDOW, BLOCKED with a window: how terms are cut */
    ng_float_rule rule;     /* FLOAT, BLOCKED: the running sum; its draw is not looked at */
    ng_precision product;   /* FLOAT, BLOCKED: {0, 0}, or what a term or group is rounded to before the addition */
    unsigned group;         /* BLOCKED: terms a group, 1..2^20 */
    bool joined;            /* BLOCKED with a window: the running sum is aligned with the group */
    unsigned random_bits;   /* STOCHASTIC: n, 1..32, of every word of ng_random that is drawn; else 0 */
} ng_accumulator;

/* The random words of one step where STOCHASTIC rounds (model/round.h): a term, or the end of the group it closes. Words
 * that are 0 round toward zero. */
typedef struct {
    uint32_t cut;     /* WINDOW, BLOCKED with a window: cuts the term */
    uint32_t product; /* FLOAT, BLOCKED: rounds the term, or the group, to `product`; joined: cuts the running sum */
    uint32_t sum;     /* FLOAT, BLOCKED: rounds the running sum */
} ng_random;

typedef enum {
    NG_PATH_OK = 0,
    NG_PATH_PAIR = 1,      /* the formats' blocks differ, or the formats are no legal ones */
    NG_PATH_TERMS = 2,     /* not 1..2^20 products, or no whole number of blocks */
    NG_PATH_TOO_WIDE = 3,  /* `bits` beyond NG_BIG_BITS; no exact sum is: the longest, lns x lns, takes 1149 bits */
    NG_PATH_WINDOW = 4,    /* window out of range, or given where there is none */
    NG_PATH_PRECISION = 5, /* exponent or mantissa bits out of range, or a product precision in a joined group */
    NG_PATH_ROUNDING = 6,  /* an overflow other than SATURATE and INFINITE; random bits without STOCHASTIC, or not 1..32 */
    NG_PATH_GROUP = 7      /* group out of range */
} ng_path_status;

/* A pair of formats with an accumulator, every width derived. */
typedef struct {
    const ng_format *weight;
    const ng_format *activation;
    ng_accumulator accumulator;
    unsigned products;       /* n, the products a sum has room for */
    unsigned terms;          /* n, or n / block */
    unsigned block_bits;     /* two's complement width of a block's term before its exponent; 0 for scalar formats */
    unsigned exact_bits;     /* what EXACT takes */
    unsigned fixed_bits;     /* width of the fixed-point register: EXACT, WINDOW, one group of BLOCKED; FLOAT 0 */
    int lsb;                 /* every term is a multiple of 2^lsb */
    ng_term_bits term;       /* significant and fraction bits of a term */
} ng_dot_path;

/* Fills *path. On an error *path is untouched. */
ng_path_status ng_dot_path_init(ng_dot_path *path, const ng_format *weight, const ng_format *activation,
                                const ng_accumulator *accumulator, unsigned products);

/* Width of an exact sum of n products of the pair, by the formulas above. Range: legal formats, n 1..2^20. */
unsigned ng_exact_bits(const ng_format *weight, const ng_format *activation, unsigned products);

/* "exact", "window", "float", "blocked". */
const char *ng_accumulator_name(ng_accumulator_kind kind);

#ifdef __cplusplus
}
#endif

#endif
