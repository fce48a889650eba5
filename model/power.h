/* power.h: the power quantiser, a uniform grid of sign(x) |x|^a (PowerQuant, arXiv 2301.09858; NUPES, arXiv
 * 2308.05600).
 *
 *   encode  k = round(L * sign(x) * |x|^a), ties to even, clamped to [-L, L];  L = 2^(bits-1) - 1
 *   decode  x = sign(k) * (|k| / L)^(1/a)
 * x is a number over its tensor's largest magnitude; the code is k in two's complement. Products stay products:
 * |x|^a |y|^a = |x y|^a, so a circuit multiplies k by k as integers and takes the power 1/a of the product, or each
 * value by a table, before it adds.
 *
 * The format is a table, which makes it total, deterministic and free of powers: threshold[k - 1] is the smallest fp32
 * number that encodes to k or more, value[k] is (k / L)^(1/a) rounded once to fp32. For a = p / q the table is built
 * here in integers:
 *   |x| reaches k  <=>  |x|^p (2 L)^q > (2 k - 1)^q, or both are equal and k is even
 * For any other a the caller brings it: threshold[k - 1] is ((k - 1/2) / L)^(1/a) rounded up to fp32, and where that is
 * exact and k odd the number after it (a tie; only at 2 bits, k = 1).
 *
 * Range: any x; |x| >= threshold of L gives +-L, infinities too; NaN gives 0. The code -2^(bits-1), which is never
 * encoded, decodes by the same formula. Examples, 4 bits (L = 7), a = 1/2: 1 -> 7, 0.25 -> 4 (3.5, a tie), 0.005 -> 0;
 * 4 -> 16/49.
 */
#ifndef NG_POWER_H
#define NG_POWER_H

#include "model/format.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NG_POWER_BITS_LEAST = 2, NG_POWER_BITS_MOST = 8, NG_POWER_CODES = 128, NG_POWER_TERM_MOST = 4 };

typedef struct {
    unsigned bits;
    float threshold[NG_POWER_CODES - 1]; /* of k = 1 .. L */
    float value[NG_POWER_CODES + 1];     /* of k = 0 .. L + 1 */
} ng_power_table;

/* Fills the table of a = numerator / denominator. False, and the table untouched, unless bits is 2..8 and both terms
 * are 1..4: a is one of 1/4 1/3 1/2 2/3 3/4 1 4/3 3/2 2 3 4. */
bool ng_power_table_make(unsigned bits, unsigned numerator, unsigned denominator, ng_power_table *table);

/* True if a table (one a caller brings) has thresholds > 0 that do not fall, finite values that do not fall, and
 * value[0] = 0. */
bool ng_power_table_valid(const ng_power_table *table);

/* Code of x: how many thresholds |x| reaches, with the sign of x. Total for every table of 2..8 bits, valid or not. */
uint32_t ng_power_encode(const ng_power_table *table, float x);

/* Value of a code. */
float ng_power_decode(const ng_power_table *table, uint32_t code);

/* The values as a CODEBOOK for the datapaths. Its encoder takes the nearest value; this format's own encoder is
 * ng_power_encode(), which takes the nearest power. Range: name as model/format.h has it; longer ones are cut off. */
void ng_power_codebook(const ng_power_table *table, const char *name, ng_codebook *codebook);

#ifdef __cplusplus
}
#endif

#endif
