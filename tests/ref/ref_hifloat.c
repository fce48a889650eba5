#include "tests/ref/ref_hifloat.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 8 };

typedef struct {
    const char *prefix;
    unsigned exponent_bits;
} dot;

static const dot dots[] = {{"11", 4}, {"10", 3}, {"01", 2}, {"001", 1}, {"0001", 0}};

static void write_bits(uint32_t code, char text[BITS + 1])
{
    for (unsigned i = 0; i < BITS; i++) {
        text[i] = (code >> (BITS - 1 - i)) % 2 == 1 ? '1' : '0';
    }
    text[BITS] = 0;
}

static long number_of(const char *text, size_t length)
{
    char field[BITS + 1] = {0};
    memcpy(field, text, length);
    return length == 0 ? 0 : strtol(field, NULL, 2);
}

/* Sign, then the magnitude below its implied one. */
static long exponent_of(const char *text, unsigned width)
{
    if (width == 0) {
        return 0;
    }
    const long magnitude = (1L << (width - 1)) + number_of(text + 1, width - 1);
    return text[0] == '1' ? -magnitude : magnitude;
}

static void denormal(long mantissa, bool negative, ref_value *value)
{
    value->class = mantissa == 0 && negative ? REF_NAN : REF_FINITE;
    if (mantissa == 0) {
        mpfr_set_zero(value->number, negative ? -1 : 1);
        return;
    }
    ref_exact(mpfr_set_si_2exp(value->number, negative ? -1 : 1, mantissa - 23, MPFR_RNDN));
}

void ref_hifloat_value(const ref_format *format, uint32_t code, ref_value *value)
{
    char text[BITS + 1];
    (void)format;
    write_bits(code, text);
    const bool negative = text[0] == '1';
    for (size_t i = 0; i < sizeof dots / sizeof dots[0]; i++) {
        const size_t prefix = strlen(dots[i].prefix);
        if (strncmp(text + 1, dots[i].prefix, prefix) != 0) {
            continue;
        }
        const char *field = text + 1 + prefix;
        const long exponent = exponent_of(field, dots[i].exponent_bits);
        const size_t mantissa_bits = BITS - 1 - prefix - dots[i].exponent_bits;
        const long mantissa = number_of(field + dots[i].exponent_bits, mantissa_bits);
        value->class = exponent == 15 && mantissa == 1 ? REF_INFINITE : REF_FINITE;
        ref_exact(mpfr_set_si_2exp(value->number, mantissa, -(long)mantissa_bits, MPFR_RNDN));
        ref_exact(mpfr_add_ui(value->number, value->number, 1, MPFR_RNDN));
        ref_exact(mpfr_mul_2si(value->number, value->number, exponent, MPFR_RNDN));
        ref_exact(mpfr_setsign(value->number, value->number, negative, MPFR_RNDN));
        return;
    }
    denormal(number_of(text + 5, 3), negative, value);
}
