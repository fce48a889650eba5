#include "tests/ref/ref_apot.h"

/* Adds 2^exponent to the sum. */
static void add_power(mpfr_t sum, long exponent)
{
    MPFR_DECL_INIT(power, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_ui_2exp(power, 1, exponent, MPFR_RNDN));
    ref_exact(mpfr_add(sum, sum, power, MPFR_RNDN));
}

void ref_apot_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const unsigned magnitude_bits = ref_format_magnitude_bits(format);
    const bool odd = magnitude_bits % format->terms != 0;
    const unsigned ladders = odd ? format->terms - 1 : format->terms;
    const uint32_t levels = 1U << (magnitude_bits - (odd ? 1 : 0)) / ladders; /* of one ladder, its zero included */
    uint32_t left = code % (1U << magnitude_bits);
    value->class = REF_FINITE;
    mpfr_set_zero(value->number, 1);
    for (unsigned i = 0; i < ladders; i++) {
        const uint32_t level = left % levels;
        left /= levels;
        if (level != 0) {
            const bool foot = odd && level == levels - 1;
            const long steps = (long)(level - 1) * (long)ladders;
            add_power(value->number, -(long)i - steps - (foot ? 1 : 0) - format->bias);
        }
    }
    if (left % 2 == 1 && odd) {
        add_power(value->number, -(long)(levels - 2) * (long)ladders - format->bias);
    }
    const bool negative = format->sign != REF_SIGN_UNSIGNED && (code >> magnitude_bits) % 2 == 1;
    ref_exact(mpfr_setsign(value->number, value->number, negative, MPFR_RNDN));
}
