/* dyadic.h: exact numbers significand * 2^exponent, what scales, elements and their products are compared with.
 *
 * Nothing is rounded. Range: the significands of a product have 255 bits together; exponents stay below 2^30.
 */
#ifndef NG_DYADIC_H
#define NG_DYADIC_H

#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    ng_wide significand; /* signed */
    int exponent;
} ng_dyadic;

/* significand * 2^exponent. */
ng_dyadic ng_dyadic_make(int64_t significand, int exponent);

/* The value of a double; its significand is odd, or 0. NaN and infinities give 0. */
ng_dyadic ng_dyadic_from_double(double value);

/* a * b. */
ng_dyadic ng_dyadic_multiply(ng_dyadic a, ng_dyadic b);

/* -1, 0 or 1 as a <, = or > b. Range: a, b >= 0. */
int ng_dyadic_compare(const ng_dyadic *a, const ng_dyadic *b);

/* a / b for comparison with numbers of at most 127 significant bits: truncated to more bits than that, its last bit set
 * if anything was cut off, so that it lies between two such numbers exactly where a / b does, and equals one only if
 * a / b does. Range: a of at most 64 bits; 0 < b.significand < 2^32. b = 0 gives 0. */
ng_dyadic ng_dyadic_divide(ng_dyadic a, ng_dyadic b);

#ifdef __cplusplus
}
#endif

#endif
