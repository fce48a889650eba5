/* packing.h: several products of two's complement integers in one multiplier of a DSP48E1 (25 x 18 bits, AMD UG479).
 *
 *   1  w0 a0
 *   2  (w1 2^f + w0) a0 = w0 a0 + 2^f w1 a0
 *   4  (w1 2^2f + w0) (a1 2^f + a0) = w0 a0 + 2^f w0 a1 + 2^2f w1 a0 + 2^3f w1 a1
 * The arrangements are those of AMD WP486 and WP487 (two int8, there in the 27 x 18 bits of a DSP48E2) and WP521 (four int4).
 *
 * Exact: w1 2^(f or 2f) + w0 fits 25 bits for every pair of codes if the place of w1 is at most 24 - w bits of a weight, the
 * activations' sum fits 18 bits if f <= 17 - a bits of an activation. A field of f bits holds products of w + a - 1 bits, between
 * -2^(w+a-2) + 2^(min(w, a) - 1) and 2^(w+a-2), and f - (w + a - 1) guard bits: sums of 2^guard products lie in an interval of less
 * than 2^f numbers, so that a constant lifts every field to 0..2^f - 1 and none borrows from the next. int8: 2 products a block,
 * f 16, sums of 2; int4: 4 products, f 10, sums of 8. WP486, with two bits more, sums 7 int8 products in 18 bits.
 */
#ifndef NG_PACKING_H
#define NG_PACKING_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    unsigned weights;     /* a block: 1 or 2 */
    unsigned activations; /* 1 or 2 */
    unsigned field;       /* f; 48, the whole sum, for one product */
    unsigned most;        /* products a field has room for, 64 at most */
} ng_packing;

/* False: not 1, 2 or 4 products, or a field does not hold a product. Range: signed integers of 2 to 8 bits. */
bool ng_packing_init(ng_packing *packing, const ng_format *weight, const ng_format *activation, unsigned products);

#ifdef __cplusplus
}
#endif

#endif
