/* kind.h: what each kind of format has to say about itself; the functions of format.h choose among these by kind.
 *
 * For a kind K (integer, minifloat, shift, apot, posit, logarithmic, hifloat, codebook):
 *   ng_K_fits            true if the fields of the kind are in the ranges of format.h; names, blocks and scales apart
 *   ng_K_lsb, ng_K_magnitude_bits, ng_K_largest, ng_K_smallest, ng_K_special, ng_K_decode
 *                        behind the functions of format.h of that name; ng_K_decode reads special codes as ordinary numbers
 *   ng_K_ranks           how many different finite values an ordered kind has
 *   ng_K_ranked          the code of the rank-th of them, ascending; +0 where there are two zeros. Range: rank < ng_K_ranks()
 * Codes have no bits above the width here.
 */
#ifndef NG_KIND_H
#define NG_KIND_H

#include "model/format.h"

enum { NG_NO_CODE = 0xFFFFFFFF >> 1 };

#define NG_KIND_FUNCTIONS(kind)                                        \
    bool ng_##kind##_fits(const ng_format *format);                    \
    int ng_##kind##_lsb(const ng_format *format);                      \
    unsigned ng_##kind##_magnitude_bits(const ng_format *format);      \
    uint32_t ng_##kind##_largest(const ng_format *format);             \
    uint32_t ng_##kind##_smallest(const ng_format *format);            \
    bool ng_##kind##_special(const ng_format *format, uint32_t code);  \
    ng_number ng_##kind##_decode(const ng_format *format, uint32_t code);

#define NG_ORDERED_FUNCTIONS(kind)                    \
    uint32_t ng_##kind##_ranks(const ng_format *format); \
    uint32_t ng_##kind##_ranked(const ng_format *format, uint32_t rank);

NG_KIND_FUNCTIONS(integer)
NG_KIND_FUNCTIONS(minifloat)
NG_KIND_FUNCTIONS(shift)
NG_KIND_FUNCTIONS(apot)
NG_KIND_FUNCTIONS(posit)
NG_KIND_FUNCTIONS(logarithmic)
NG_KIND_FUNCTIONS(hifloat)
NG_KIND_FUNCTIONS(codebook)
NG_ORDERED_FUNCTIONS(integer)
NG_ORDERED_FUNCTIONS(minifloat)
NG_ORDERED_FUNCTIONS(shift)
NG_ORDERED_FUNCTIONS(posit)
NG_ORDERED_FUNCTIONS(logarithmic)

/* True if the values of a codebook, finite ones, lie in so few binary places that sums of two are exact. */
bool ng_codebook_spans(const ng_codebook *codebook);

/* The NaN (NaR) code, the positive one with the most ones; NG_NO_CODE where there is none. */
uint32_t ng_nan_code(const ng_format *format);

/* The infinity of a sign; NG_NO_CODE where there is none. */
uint32_t ng_infinity_code(const ng_format *format, bool negative);

/* The code of -0; NG_NO_CODE where there is none. */
uint32_t ng_minus_zero_code(const ng_format *format);

/* The bit of the sign in the kinds with a sign bit above a magnitude, 0 for UNSIGNED. */
uint32_t ng_sign_bit(const ng_format *format);

/* ng_K_ranked() of a kind whose magnitudes, with codes `first` to `last`, ascend with their codes below a sign bit; the
 * magnitude `first` is zero if `zero`. */
uint32_t ng_rank_sign_magnitude(uint32_t sign, uint32_t first, uint32_t last, bool zero, uint32_t rank);

/* How many values those are. */
uint32_t ng_ranks_sign_magnitude(uint32_t sign, uint32_t first, uint32_t last, bool zero);

/* decode of the posit of `bits` bits with `es` exponent bits, bits up to 17. */
ng_number ng_posit_number(unsigned bits, unsigned es, uint32_t code);

/* The logarithm field of a code, two's complement. */
int32_t ng_logarithm_field(const ng_format *format, uint32_t code);

#endif
