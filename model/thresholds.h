/* thresholds.h: an integer sum to a code by counting thresholds: affine, activation and quantiser in one, without a
 * multiplier.
 *
 *   level = sum over i = 1 .. N of (T[i] <= x);   y = code[level]
 *
 * (FINN, arXiv 1612.07119; streamlined networks, arXiv 1709.04060.) code[0 .. N] are the finite values of the
 * output format in ascending order, N + 1 <= 256; T[i] is the smallest x at which encode(gain * x + offset) reaches the
 * value of code[i], found with the exact affine and the exact quantiser, so that y is the code encode() gives for every
 * x (of two codes of one value, as +0 and -0, the lower one). The circuit: N comparators of the width of x and an adder
 * of N bits, or ceil(log2(N + 1)) steps of bisection with one comparator and a table; the code is level + smallest for
 * integers, else a table or, for a sign-magnitude format, level - level of zero with its sign apart. Error against the
 * rounded affine: none.
 *
 * Range: x in two's complement of `bits` bits. A T beyond the largest x is 2^(bits-1), a level that is never reached.
 * Examples: uint2 from 0.5 * x, ties to even: T = {2, 3, 6}, as 0.5 -> 0, 1.5 -> 2 and 2.5 -> 2.
 */
#ifndef NG_THRESHOLDS_H
#define NG_THRESHOLDS_H

#include "model/encode.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_THRESHOLDS_MAX = 255, NG_THRESHOLDS_FORMAT_BITS = 8, NG_THRESHOLDS_INPUT_BITS = 62 };

/* gain * x + offset, both doubles taken as the exact numbers they are. */
typedef struct {
    double gain;
    double offset;
} ng_affine;

typedef struct {
    unsigned count;                           /* N */
    int64_t threshold[NG_THRESHOLDS_MAX];     /* T[1 .. N], ascending */
    uint32_t code[NG_THRESHOLDS_MAX + 1];
} ng_thresholds;

typedef enum {
    NG_THRESHOLDS_OK = 0,
    NG_THRESHOLDS_AFFINE = 1,  /* gain not finite and > 0 (negate the weights instead), or offset not finite */
    NG_THRESHOLDS_FORMAT = 2,  /* a block format, or more than 8 bits */
    NG_THRESHOLDS_OPTIONS = 3, /* STOCHASTIC: the table is made once, so every x would have the code of one draw for good
                                * (draw in the convert back instead); an overflow other than SATURATE; DOWN without a zero,
                                * which gives a positive code at 0 and a negative one above it (model/encode.h): no level
                                * counts that */
    NG_THRESHOLDS_BITS = 4     /* bits of x not 1..62 */
} ng_thresholds_status;

/* Fills *made; on an error it is untouched. options NULL: nearest even, saturating. */
ng_thresholds_status ng_thresholds_init(ng_thresholds *made, const ng_affine *affine, unsigned bits,
                                        const ng_format *output, const ng_encode_options *options);

/* The code for x. Range: any x. */
uint32_t ng_thresholds_apply(const ng_thresholds *thresholds, int64_t x);

/* encode(gain * x + offset), the definition. Range: as ng_thresholds_init() takes them. */
uint32_t ng_affine_encode(const ng_affine *affine, int64_t x, const ng_format *output,
                          const ng_encode_options *options);

#ifdef __cplusplus
}
#endif

#endif
