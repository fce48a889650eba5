/* encode.h: rounding an exact value into a format.
 *
 * ng_encode(): the nearest value of the format; a tie goes to the even code; beyond the largest finite value it saturates.
 * ng_encode_with(): the same with every choice an argument. Exact: the value is never rounded on the way to the format.
 *
 * Zero. Negative values that round to zero give the code of -0 where the format has one (IEEE 754-2019 clause 6.3), and so does
 * the double -0.0; SHIFT gives code 0 for both zeros but keeps the sign of what rounds to zero. A format with `flush` is rounded
 * with its subnormals first; a result that is one of them becomes the zero of its sign.
 * Zero-free formats. Between the smallest magnitudes -s and +s every mode but UP, DOWN and STOCHASTIC keeps the sign of x, and
 * zero, of either sign, gives +s; STOCHASTIC takes +s with the probability (x + s) / 2s. Unsigned: s, whatever the mode.
 *
 * Kinds that are not a grid of floating point:
 *   POSIT        the nearest modes round the bit string (Posit Standard 2022, clause 4.1): the place between codes c and c + 1 is
 *                the posit of one more bit with the code 2c + 1, which is not the middle where regime or exponent bits are cut; a
 *                value other than 0 is never rounded to 0 or NaR: it gives +-minpos or +-maxpos. The other modes go by value and
 *                may give 0. No finite value overflows
 *   LOGARITHMIC  the neighbours are the values ng_decode() gives; the nearest modes compare with the irrational middle of the two
 *                exact values, known to 2^-118 of itself (a double never comes that close; a longer value may, and is then
 *                rounded as if it were above)
 *   APOT         a tie goes to the even code, of two or no even codes to the smaller magnitude; so does TO_ODD with odd codes
 *   HIFLOAT      nearest value, ties to the even code (the paper's own mode is NEAREST_AWAY)
 *   CODEBOOK     nearest value; NEAREST_EVEN ties go to the lower value, TO_ODD to the odd code, of two or no odd codes to the lower
 *                value; TOWARD_ZERO with zero between the neighbours to the smaller magnitude, of equal ones to the lower; zero
 *                itself is rounded like any other number; of equal values the lowest code is given
 */
#ifndef NG_ENCODE_H
#define NG_ENCODE_H

#include "model/format.h"
#include "model/wide.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a value between two neighbours lo < x < hi of the format is rounded. "Even" is the even code (of the magnitude for
 * sign-and-magnitude formats). The neighbour beyond the largest value is the one the format would have if it went on.
 *   NEAREST_EVEN  NEAREST_AWAY (tie to the larger magnitude)  TIES_UP (tie to hi)  TOWARD_ZERO  UP (hi)  DOWN (lo)
 *   TO_ODD        the neighbour with the odd code: truncate, then OR the sticky bit into the last place
 *   STOCHASTIC    hi of the magnitude if floor(2^n (|x| - near) / (far - near)) + random >= 2^n, n = random_bits: probability
 *                 proportional to the distance, to n bits. Where lo < 0 < hi: hi if floor(2^n (x - lo) / (hi - lo)) + random >= 2^n */
typedef enum {
    NG_ROUND_NEAREST_EVEN = 0,
    NG_ROUND_NEAREST_AWAY = 1,
    NG_ROUND_TIES_UP = 2,
    NG_ROUND_TOWARD_ZERO = 3,
    NG_ROUND_UP = 4,
    NG_ROUND_DOWN = 5,
    NG_ROUND_TO_ODD = 6,
    NG_ROUND_STOCHASTIC = 7
} ng_rounding;

/* What becomes of a value whose rounding lies beyond the largest finite magnitude.
 *   SATURATE  the largest finite value of its sign
 *   INFINITE  the infinity of its sign, else NaN, else the largest finite value
 *   NAN       NaN, else infinity, else the largest finite value
 *   WRAP      INTEGER: modulo 2^bits; SYMMETRIC gives -largest for the most negative code, SIGN_MAGNITUDE keeps the sign and
 *             wraps the magnitude; other kinds: SATURATE
 * A mode that points back to the finite values (TOWARD_ZERO, TO_ODD, DOWN above them, UP below them) gives the last of them under
 * INFINITE and NAN (IEEE 754-2019 clause 7.4). UNSIGNED: what rounds below zero is an overflow on that side: SATURATE gives the
 * smallest value, INFINITE and NAN the NaN, else the smallest value. */
typedef enum {
    NG_OVERFLOW_SATURATE = 0,
    NG_OVERFLOW_INFINITE = 1,
    NG_OVERFLOW_NAN = 2,
    NG_OVERFLOW_WRAP = 3
} ng_overflow;

typedef struct {
    ng_rounding rounding;
    ng_overflow overflow;
    uint32_t random;      /* STOCHASTIC: uniform in [0, 2^random_bits) */
    unsigned random_bits; /* 1..32 */
} ng_encode_options;

/* Code of value * 2^exponent under the options; NULL means nearest even, saturating. Total: any value, |exponent| below 2^20;
 * random bits above random_bits are ignored. */
uint32_t ng_encode_with(const ng_format *format, const ng_wide *value, int exponent, const ng_encode_options *options);

/* The same for a double. An infinity is an overflow in every mode (WRAP: saturates; POSIT: NaR under INFINITE and NAN); NaN gives
 * the format's NaN (NaR) code, the positive one with the most ones, or 0 where it has none. */
uint32_t ng_encode_double_with(const ng_format *format, double value, const ng_encode_options *options);

/* Code nearest to value * 2^exponent. Total: any value; |exponent| below 2^20. Never a special code. */
uint32_t ng_encode(const ng_format *format, const ng_wide *value, int exponent);

/* Code nearest to value. Infinities saturate; NaN gives the format's NaN code, or 0 where it has none. */
uint32_t ng_encode_double(const ng_format *format, double value);

#ifdef __cplusplus
}
#endif

#endif
