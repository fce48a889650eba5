#include "tests/ref/ref_block.h"

#include <math.h>

bool ref_block_scale_is_nan(const ref_format *format, uint32_t scale)
{
    return format->scale == REF_SCALE_E8M0 && scale == REF_SCALE_NAN;
}

void ref_block_scaled(mpfr_t scaled, const mpfr_t value, uint32_t scale)
{
    ref_exact(mpfr_mul_2si(scaled, value, (long)scale - REF_SCALE_BIAS, MPFR_RNDN));
}

/* Largest power of two among the values: OCP MX calls its exponent emax. */
static void largest_power(mpfr_t power, const ref_table *table)
{
    mpz_t odd;
    mpz_init(odd);
    mpfr_set_zero(power, 1);
    for (unsigned i = 0; i < table->finite; i++) {
        const mpfr_t *number = &table->value[table->order[i]].number;
        (void)ref_odd_part(odd, *number);
        if (mpz_cmp_ui(odd, 1) == 0) {
            ref_exact(mpfr_set(power, *number, MPFR_RNDN));
        }
    }
    mpz_clear(odd);
}

uint32_t ref_block_scale(const ref_table *table, const mpfr_t largest, ref_rule rule)
{
    MPFR_DECL_INIT(element, REF_VALUE_PRECISION);
    MPFR_DECL_INIT(reach, REF_VALUE_PRECISION);
    if (mpfr_zero_p(largest)) {
        return 0;
    }
    if (rule == REF_RULE_FLOOR) {
        largest_power(element, table);
        for (uint32_t scale = REF_SCALE_MAX; scale > 0; scale--) {
            ref_block_scaled(reach, element, scale);
            if (mpfr_cmp(reach, largest) <= 0) {
                return scale;
            }
        }
        return 0;
    }
    ref_exact(mpfr_set(element, table->value[ref_largest(table)].number, MPFR_RNDN));
    for (uint32_t scale = 0; scale < REF_SCALE_MAX; scale++) {
        ref_block_scaled(reach, element, scale);
        if (mpfr_cmp(reach, largest) >= 0) {
            return scale;
        }
    }
    return REF_SCALE_MAX;
}

uint32_t ref_block_encode(const ref_table *table, const float *values, ref_rule rule, uint8_t *codes)
{
    MPFR_DECL_INIT(largest, REF_VALUE_PRECISION);
    MPFR_DECL_INIT(element, REF_VALUE_PRECISION);
    bool finite = true;
    mpfr_set_zero(largest, 1);
    for (unsigned i = 0; i < table->format->block; i++) {
        if (!isfinite(values[i])) {
            finite = false;
            continue;
        }
        ref_exact(mpfr_set_flt(element, values[i], MPFR_RNDN));
        if (mpfr_cmpabs(element, largest) > 0) {
            ref_exact(mpfr_abs(largest, element, MPFR_RNDN));
        }
    }
    const uint32_t scale = ref_block_scale(table, largest, rule);
    for (unsigned i = 0; i < table->format->block; i++) {
        if (isnan(values[i])) {
            codes[i] = (uint8_t)ref_nearest_double(table, NAN);
            continue;
        }
        ref_exact(mpfr_set_flt(element, values[i], MPFR_RNDN));
        /* Dividing by the scale is multiplying by its mirror image about the bias. */
        ref_exact(mpfr_mul_2si(element, element, REF_SCALE_BIAS - (long)scale, MPFR_RNDN));
        codes[i] = (uint8_t)ref_nearest(table, element);
    }
    return !finite && table->format->scale == REF_SCALE_E8M0 ? REF_SCALE_NAN : scale;
}
