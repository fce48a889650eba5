#include "tests/ref/ref_minifloat.h"

typedef struct {
    bool sign;
    unsigned exponent; /* biased field E */
    unsigned fraction; /* trailing field T */
} fields;

static fields split(const ref_format *format, uint32_t code)
{
    const unsigned mantissas = 1U << format->mantissa_bits;
    const unsigned exponents = 1U << format->exponent_bits;
    return (fields){
        .fraction = code % mantissas,
        .exponent = code / mantissas % exponents,
        .sign = format->sign != REF_SIGN_UNSIGNED && code / mantissas / exponents % 2 == 1,
    };
}

/* OCP OFP8 v1.0 table 1: E4M3 has S.1111.111 as NaN and no Inf; E5M2 has IEEE 754 Inf (T = 0) and NaN. arXiv 2206.02915
 * (FNUZ) and IEEE P3109 (signed): the code of -0 is the one NaN. P3109, unsigned: NaN is the last code. In its extended
 * formats the last number before NaN, or the last of either sign, is Inf. */
static ref_class classify(const ref_format *format, fields f)
{
    const bool is_unsigned = format->sign == REF_SIGN_UNSIGNED;
    const unsigned last_fraction = (1U << format->mantissa_bits) - 1;
    const unsigned last_exponent = (1U << format->exponent_bits) - 1;
    const bool top = f.exponent == last_exponent;
    const bool last = top && f.fraction == last_fraction;
    const bool minus_zero = f.sign && f.exponent == 0 && f.fraction == 0;
    switch (format->specials) {
    case REF_SPECIALS_NONE: return REF_FINITE;
    case REF_SPECIALS_FN: return last ? REF_NAN : REF_FINITE;
    case REF_SPECIALS_IEEE: return !top ? REF_FINITE : f.fraction == 0 ? REF_INFINITE : REF_NAN;
    case REF_SPECIALS_FNUZ: return minus_zero ? REF_NAN : REF_FINITE;
    case REF_SPECIALS_P3109_FINITE: return (is_unsigned ? last : minus_zero) ? REF_NAN : REF_FINITE;
    case REF_SPECIALS_P3109_EXTENDED: break;
    }
    if (!is_unsigned) {
        return minus_zero ? REF_NAN : last ? REF_INFINITE : REF_FINITE;
    }
    const unsigned long order = (unsigned long)f.exponent * (last_fraction + 1UL) + f.fraction;
    const unsigned long end = (unsigned long)last_exponent * (last_fraction + 1UL) + last_fraction;
    return order == end ? REF_NAN : order == end - 1 ? REF_INFINITE : REF_FINITE;
}

void ref_minifloat_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const fields f = split(format, code);
    value->class = classify(format, f);
    const bool subnormal = f.exponent == 0 && format->has_zero;
    if (subnormal && (f.fraction == 0 || format->flush)) {
        mpfr_set_zero(value->number, f.sign ? -1 : 1);
        return;
    }
    /* m = T * 2^-y, plus 1 for a normal number. */
    ref_exact(mpfr_set_ui_2exp(value->number, f.fraction, -(long)format->mantissa_bits, MPFR_RNDN));
    long exponent = 1 - format->bias;
    if (!subnormal) {
        ref_exact(mpfr_add_ui(value->number, value->number, 1, MPFR_RNDN));
        exponent = (long)f.exponent - format->bias;
    }
    ref_exact(mpfr_mul_2si(value->number, value->number, exponent, MPFR_RNDN));
    ref_exact(mpfr_setsign(value->number, value->number, f.sign, MPFR_RNDN));
}

uint32_t ref_minifloat_flush(const ref_format *format, uint32_t code)
{
    const fields f = split(format, code);
    if (f.exponent != 0 || f.fraction == 0) {
        return code;
    }
    return format->specials == REF_SPECIALS_FNUZ ? 0 : code - f.fraction;
}

static unsigned long significand(const ref_format *format, fields f)
{
    return f.fraction + (f.exponent == 0 ? 0UL : 1UL << format->mantissa_bits);
}

/* Subnormals have the exponent of the smallest normal binade, so it is counted from there. */
static unsigned long binade(fields f)
{
    return f.exponent == 0 ? 0UL : f.exponent - 1UL;
}

ref_product ref_minifloat_product(const ref_table *weight, uint32_t w, const ref_table *activation, uint32_t a)
{
    const fields fw = split(weight->format, w);
    const fields fa = split(activation->format, a);
    return (ref_product){
        .negative = fw.sign != fa.sign,
        .exponent = binade(fw) + binade(fa),
        .significand = significand(weight->format, fw) * significand(activation->format, fa),
    };
}

static unsigned bits_of(unsigned long value)
{
    unsigned bits = 0;
    for (; value != 0; value /= 2) {
        bits++;
    }
    return bits;
}

/* All ones in every field but the sign: largest exponent and largest significand at once. */
static ref_product largest(const ref_table *weight, const ref_table *activation)
{
    return ref_minifloat_product(weight, weight->codes - 1, activation, activation->codes - 1);
}

unsigned ref_minifloat_exponent_bits(const ref_table *weight, const ref_table *activation)
{
    const unsigned bits = bits_of(largest(weight, activation).exponent);
    return bits == 0 ? 1 : bits;
}

unsigned ref_minifloat_significand_bits(const ref_table *weight, const ref_table *activation)
{
    return bits_of(largest(weight, activation).significand);
}

void ref_minifloat_word(mpz_t word, const ref_table *weight, uint32_t w, const ref_table *activation, uint32_t a)
{
    const ref_product product = ref_minifloat_product(weight, w, activation, a);
    mpz_set_ui(word, product.negative);
    mpz_mul_2exp(word, word, ref_minifloat_exponent_bits(weight, activation));
    mpz_add_ui(word, word, product.exponent);
    mpz_mul_2exp(word, word, ref_minifloat_significand_bits(weight, activation));
    mpz_add_ui(word, word, product.significand);
}

void ref_minifloat_unword(mpfr_t value, const mpz_t word, const ref_table *weight, const ref_table *activation)
{
    const unsigned significand_bits = ref_minifloat_significand_bits(weight, activation);
    const unsigned exponent_bits = ref_minifloat_exponent_bits(weight, activation);
    mpz_t field;
    mpz_init(field);
    mpz_fdiv_r_2exp(field, word, significand_bits);
    ref_exact(mpfr_set_z(value, field, MPFR_RNDN));
    mpz_fdiv_q_2exp(field, word, significand_bits);
    mpz_fdiv_r_2exp(field, field, exponent_bits);
    const long exponent = (long)mpz_get_ui(field) + weight->lsb + activation->lsb;
    ref_exact(mpfr_mul_2si(value, value, exponent, MPFR_RNDN));
    ref_exact(mpfr_setsign(value, value, mpz_tstbit(word, significand_bits + exponent_bits), MPFR_RNDN));
    mpz_clear(field);
}
