/* exact.h: numbers (-1)^negative * magnitude * 2^exponent, compared and added without rounding; what encoding decides with. */
#ifndef NG_EXACT_H
#define NG_EXACT_H

#include "model/format.h"
#include "model/wide.h"

typedef struct {
    bool negative;
    ng_wide magnitude; /* unsigned */
    int exponent;
} ng_exact;

/* value * 2^exponent; a finite number of a format. */
ng_exact ng_exact_from_wide(const ng_wide *value, int exponent);
ng_exact ng_exact_from_number(ng_number number);

bool ng_exact_is_zero(const ng_exact *a);

/* -1, 0, 1 as a < b, a = b, a > b; zeros of either sign are equal. Total. */
int ng_exact_compare(const ng_exact *a, const ng_exact *b);

/* a + b. Range: from the lowest bit of both to the highest at most 254 bits, or one of them 0. */
ng_exact ng_exact_sum(ng_exact a, ng_exact b);

/* -a. */
ng_exact ng_exact_negate(ng_exact a);

/* |a| */
ng_exact ng_exact_magnitude(ng_exact a);

/* a * factor. Range: the product's magnitude below 2^256. */
ng_exact ng_exact_scale(ng_exact a, uint64_t factor);

#endif
