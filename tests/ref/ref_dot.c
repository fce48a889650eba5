#include "tests/ref/ref_dot.h"

#include <math.h>

enum { PRECISION = 2400 };

void ref_sum_init(ref_sum *sum)
{
    sum->class = REF_FINITE;
    sum->negative = false;
    mpq_init(sum->number);
}

void ref_sum_clear(ref_sum *sum)
{
    mpq_clear(sum->number);
}

static int sign_of(const ref_value *value)
{
    return value->class == REF_INFINITE ? (mpfr_signbit(value->number) ? -1 : 1) : mpfr_sgn(value->number);
}

/* sum + an infinity or NaN. */
static void add_special(ref_sum *sum, ref_class class, bool negative)
{
    if (class == REF_NAN || sum->class == REF_NAN || (sum->class == REF_INFINITE && sum->negative != negative)) {
        sum->class = REF_NAN;
    } else {
        sum->class = REF_INFINITE;
        sum->negative = negative;
    }
}

static void add_product(const ref_block *x, uint32_t x_code, const ref_block *y, uint32_t y_code, const mpq_t scale,
                        ref_sum *sum)
{
    const ref_value *a = &x->table->value[x_code];
    const ref_value *b = &y->table->value[y_code];
    if (a->class == REF_FINITE && b->class == REF_FINITE) {
        mpq_t term;
        mpq_init(term);
        mpq_mul(term, x->element[x_code], y->element[y_code]);
        mpq_mul(term, term, scale);
        mpq_add(sum->number, sum->number, term);
        mpq_clear(term);
        return;
    }
    const bool nan = a->class == REF_NAN || b->class == REF_NAN || sign_of(a) == 0 || sign_of(b) == 0;
    add_special(sum, nan ? REF_NAN : REF_INFINITE, sign_of(a) != sign_of(b));
}

void ref_dot(const ref_block *x, uint32_t x_scale, const uint16_t *x_codes, const ref_block *y, uint32_t y_scale,
             const uint16_t *y_codes, ref_sum *sum)
{
    mpq_t scale;
    if ((int)x_scale == x->nan || (int)y_scale == y->nan) {
        sum->class = REF_NAN;
        return;
    }
    mpq_init(scale);
    mpq_mul(scale, x->scale_value[x_scale], y->scale_value[y_scale]);
    mpq_mul(scale, scale, x->tensor);
    mpq_mul(scale, scale, y->tensor);
    for (unsigned i = 0; i < x->block; i++) {
        add_product(x, x_codes[i], y, y_codes[i], scale, sum);
    }
    mpq_clear(scale);
}

/* A dyadic number is exact in enough bits; then MPFR rounds once, subnormals included. */
static void exact(mpfr_t number, const ref_sum *sum)
{
    ref_exact(mpfr_set_q(number, sum->number, MPFR_RNDN));
}

static double special(const ref_sum *sum)
{
    return sum->class == REF_NAN ? NAN : sum->negative ? -INFINITY : INFINITY;
}

double ref_sum_to_double(const ref_sum *sum)
{
    mpfr_t number;
    if (sum->class != REF_FINITE) {
        return special(sum);
    }
    mpfr_init2(number, PRECISION);
    exact(number, sum);
    const double rounded = mpfr_get_d(number, MPFR_RNDN);
    mpfr_clear(number);
    return rounded;
}

float ref_sum_to_float(const ref_sum *sum)
{
    mpfr_t number;
    if (sum->class != REF_FINITE) {
        return (float)special(sum);
    }
    mpfr_init2(number, PRECISION);
    exact(number, sum);
    const float rounded = mpfr_get_flt(number, MPFR_RNDN);
    mpfr_clear(number);
    return rounded;
}
