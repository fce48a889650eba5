/* block_sum.h: the exact sum of a block added to an fp32 accumulator with one rounding, where the sum is one double or two.
 *
 *   c' = fp32(c + s + e), to nearest even: the bits of ng_block_accumulate() for the sum s + e
 *
 * Sums of two numbers and their errors by Knuth's two-sum; before the last rounding a sum is rounded to odd in double, which keeps
 * on which side of every fp32 number and midpoint it lies (Boldo and Melquiond, IEEE Trans. Computers 57(4), 2008).
 */
#ifndef NG_BLOCK_SUM_H
#define NG_BLOCK_SUM_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"

/* Bits of sums, sign included, that a float, a double, and a double with another for its errors hold. The third: errors of at most
 * 64 additions are multiples of the unit below 2^(bits - 53 + 6). */
enum { NG_BLOCK_FLOAT_BITS = 25, NG_BLOCK_DOUBLE_BITS = 54, NG_BLOCK_PAIR_BITS = 100 };

/* a + b without rounding. */
typedef struct {
    double sum;
    double error;
} ng_two_sum;

NG_INLINE ng_two_sum ng_add_two(double a, double b)
{
    const double sum = a + b;
    const double second = sum - a;
    return (ng_two_sum){sum, (a - (sum - second)) + (b - second)};
}

/* a + b, of the two doubles around it the one whose last bit is 1. */
NG_INLINE double ng_add_odd(double a, double b)
{
    const ng_two_sum t = ng_add_two(a, b);
    const int64_t outwards = (t.error > 0) == (t.sum > 0) ? 1 : -1;
    const int64_t inexact = (t.error > 0) | (t.error < 0);
    int64_t bits;
    double odd;
    memcpy(&bits, &t.sum, sizeof bits);
    bits += outwards & -(inexact & ~bits & 1);
    memcpy(&odd, &bits, sizeof odd);
    return odd;
}

/* An infinite accumulator stays. Range: c not NaN, s and e finite. */
NG_INLINE float ng_block_add(float c, double s)
{
    const float sum = (float)ng_add_odd((double)c, s);
    return fabsf(c) < INFINITY ? sum : c;
}

NG_INLINE float ng_block_add_pair(float c, double s, double e)
{
    const ng_two_sum low = ng_add_two((double)c, e);
    const ng_two_sum high = ng_add_two(s, low.sum);
    const float sum = (float)ng_add_odd(high.sum, ng_add_odd(high.error, low.error));
    return fabsf(c) < INFINITY ? sum : c;
}

#endif
