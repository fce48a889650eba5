/* nupes.h: weights on a power grid, the exponent searched (PowerQuant, arXiv 2301.09858; NUPES, arXiv 2308.05600).
 *
 *   w[c][k] ~ s[c] * 2^lsb * e(q),   q = round(L * sign(w) * (|w| / m[c])^a),   L = 2^(bits-1) - 1
 *   e(q) = the value of the element format nearest to largest * sign(q) * (|q| / L)^(1/a),   s[c] * 2^lsb = m[c] / largest
 * x -> sign(x) |x|^a is an automorphism of the positive numbers under multiplication: products of codes are codes of products. A
 * sum of products needs the values back; here a table of 2^bits elements in front of the multiplier gives them, and the
 * product and the sum are those of the element format, exact.
 *
 * a = numerator / denominator of the layer, of eleven the one with the least squared error over all
 * channels (of equal ones the first in the order 1 1/2 2/3 3/4 1/3 1/4 4/3 3/2 2 3 4), m[c] then the best of the channel's largest magnitude times 2^(-j/8), j = 0..16.
 * Codes are those of model/power.h.
 *
 * Storage: bits a weight, a table a layer, 32 bits of scale a channel.
 * Range: bits 2..8; w finite.
 */
#ifndef NG_NUPES_H
#define NG_NUPES_H

#include "src/quantize/grid.h"

typedef struct {
    unsigned bits;
    unsigned numerator;   /* 0: searched; filled in */
    unsigned denominator;
} ng_power;

/* Fills values[channels][reduction] and scales[channels]; false if the terms are no legal exponent. */
bool ng_nupes_fit(ng_power *power, const ng_grid *element, const float *w, size_t channels, size_t reduction, double *values,
                  float *scales);

unsigned long long ng_nupes_bits(const ng_power *power, const ng_format *element, size_t channels, size_t reduction);

#endif
