/* ref_power.h: the power quantiser in real numbers (MPFR), from its definition: k = round(L |x|^a). */
#ifndef REF_POWER_H
#define REF_POWER_H

#include <stdint.h>

/* a = p / q, or a real number where q is 0. */
typedef struct {
    unsigned bits;
    unsigned p;
    unsigned q;
    double a;
} ref_power;

/* k of |x|, ties to even, at most L. Range: x not NaN. */
uint32_t ref_power_step(const ref_power *power, float x);

/* (k / L)^(1/a), rounded once to fp32. */
float ref_power_value(const ref_power *power, uint32_t k);

/* The smallest fp32 number of step k or more: ((k - 1/2) / L)^(1/a) rounded up, or the one after a tie that belongs to
 * k - 1. */
float ref_power_threshold(const ref_power *power, uint32_t k);

#endif
