#include "tests/ref/ref_posit.h"

/* Reads the code from its top bit down. */
typedef struct {
    uint32_t code;
    unsigned left; /* bits not yet read */
} reader;

static unsigned next(reader *from)
{
    if (from->left == 0) {
        return 0;
    }
    from->left--;
    return from->code >> from->left & 1U;
}

/* The run and the opposite bit that ends it. */
static long read_regime(reader *from)
{
    const unsigned first = next(from);
    long run = 1;
    while (from->left > 0 && next(from) == first) {
        run++;
    }
    return first == 1 ? run - 1 : -run;
}

void ref_posit_value(const ref_format *format, uint32_t code, ref_value *value)
{
    const uint32_t codes = 1U << format->bits;
    code %= codes;
    value->class = code == codes / 2 ? REF_NAN : REF_FINITE;
    if (code == 0 || code == codes / 2) {
        mpfr_set_zero(value->number, 1);
        return;
    }
    reader from = {.code = code, .left = format->bits};
    const long s = (long)next(&from);
    const long r = read_regime(&from);
    long e = 0;
    for (unsigned i = 0; i < format->exponent_bits; i++) {
        e = 2 * e + (long)next(&from);
    }
    mpfr_set_zero(value->number, 1);
    for (long place = 1; from.left > 0; place++) {
        MPFR_DECL_INIT(bit, REF_VALUE_PRECISION);
        ref_exact(mpfr_set_ui_2exp(bit, next(&from), -place, MPFR_RNDN));
        ref_exact(mpfr_add(value->number, value->number, bit, MPFR_RNDN));
    }
    ref_exact(mpfr_add_si(value->number, value->number, 1 - 3 * s, MPFR_RNDN));
    const long scale = (1 - 2 * s) * ((1L << format->exponent_bits) * r + e + s);
    ref_exact(mpfr_mul_2si(value->number, value->number, scale, MPFR_RNDN));
}
