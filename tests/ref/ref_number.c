#include "tests/ref/ref_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ref/ref_integer.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/ref/ref_shift.h"

static const ref_format rows[] = {
#define FORMAT(name, kind, bits, x, y, bias, specials, zero, block, scale, sign, flush, terms) \
    {#name, REF_##kind, bits, x, y, bias, REF_SPECIALS_##specials, zero, block, REF_SCALE_##scale},
#include "model/formats.def"
#undef FORMAT
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* The rows up to pot4: the formats with circuits. */
size_t ref_format_count(void)
{
    size_t count = 0;
    while (strcmp(rows[count].name, "pot4") != 0) {
        count++;
    }
    return count + 1;
}

const ref_format *ref_format_at(size_t index)
{
    return index < ref_format_count() ? &rows[index] : NULL;
}

const ref_format *ref_format_find(const char *name)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    fprintf(stderr, "ref_format_find: no format %s\n", name);
    abort();
}

void ref_exact(int ternary)
{
    if (ternary != 0) {
        fprintf(stderr, "ref_exact: an operation of the oracle was rounded\n");
        abort();
    }
}

long ref_odd_part(mpz_t significand, const mpfr_t value)
{
    if (mpfr_zero_p(value)) {
        mpz_set_ui(significand, 0);
        return 0;
    }
    const long exponent = mpfr_get_z_2exp(significand, value);
    const mp_bitcnt_t zeros = mpz_scan1(significand, 0);
    mpz_tdiv_q_2exp(significand, significand, zeros);
    return exponent + (long)zeros;
}

static void write_out_code(const ref_format *format, uint32_t code, ref_value *value)
{
    mpfr_init2(value->number, REF_VALUE_PRECISION);
    switch (format->kind) {
    case REF_INTEGER: ref_integer_value(format, code, value); return;
    case REF_MINIFLOAT: ref_minifloat_value(format, code, value); return;
    case REF_SHIFT: ref_shift_value(format, code, value); return;
    default: break;
    }
}

/* Strictly before in ascending order; of two zeros the negative one comes first. */
static bool before(const ref_value *a, const ref_value *b)
{
    const int order = mpfr_cmp(a->number, b->number);
    return order != 0 ? order < 0 : mpfr_signbit(a->number) > mpfr_signbit(b->number);
}

static void sort_codes(ref_table *table)
{
    table->finite = 0;
    for (uint32_t code = 0; code < table->codes; code++) {
        if (table->value[code].class != REF_FINITE) {
            continue;
        }
        unsigned at = table->finite++;
        for (; at > 0 && before(&table->value[code], &table->value[table->order[at - 1]]); at--) {
            table->order[at] = table->order[at - 1];
        }
        table->order[at] = code;
    }
}

static void find_lsb(ref_table *table)
{
    bool any = false;
    mpz_t odd;
    mpz_init(odd);
    for (uint32_t code = 0; code < table->codes; code++) {
        const long exponent = ref_odd_part(odd, table->value[code].number);
        if (mpz_sgn(odd) != 0 && (!any || exponent < table->lsb)) {
            table->lsb = exponent;
            any = true;
        }
    }
    mpz_clear(odd);
}

const ref_table *ref_table_of(const ref_format *format)
{
    static ref_table tables[ROWS];
    ref_table *table = &tables[format - rows];
    if (table->format == NULL) {
        table->format = format;
        table->codes = 1U << format->bits;
        for (uint32_t code = 0; code < table->codes; code++) {
            write_out_code(format, code, &table->value[code]);
        }
        sort_codes(table);
        find_lsb(table);
    }
    return table;
}

const ref_table *ref_table_named(const char *name)
{
    return ref_table_of(ref_format_find(name));
}

/* Of the codes with the value of `code`, the one whose sign is that of x. */
static uint32_t zero_of_sign(const ref_table *table, uint32_t code, bool negative)
{
    if (!mpfr_zero_p(table->value[code].number)) {
        return code;
    }
    for (unsigned i = 0; i < table->finite; i++) {
        const uint32_t other = table->order[i];
        if (mpfr_zero_p(table->value[other].number) && (mpfr_signbit(table->value[other].number) != 0) == negative) {
            return other;
        }
    }
    return code;
}

uint32_t ref_nearest(const ref_table *table, const mpfr_t x)
{
    const bool negative = mpfr_signbit(x) != 0;
    /* order[low] <= x < order[high]; out of range ends are clamped afterwards. */
    unsigned low = 0;
    unsigned high = table->finite;
    if (mpfr_cmp(x, table->value[table->order[0]].number) <= 0) {
        return zero_of_sign(table, table->order[0], negative);
    }
    while (high - low > 1) {
        const unsigned middle = (low + high) / 2;
        if (mpfr_cmp(table->value[table->order[middle]].number, x) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const uint32_t below = table->order[low];
    if (high == table->finite) {
        return zero_of_sign(table, below, negative);
    }
    const uint32_t above = table->order[high];
    MPFR_DECL_INIT(midpoint, REF_VALUE_PRECISION);
    ref_exact(mpfr_add(midpoint, table->value[below].number, table->value[above].number, MPFR_RNDN));
    ref_exact(mpfr_div_2ui(midpoint, midpoint, 1, MPFR_RNDN));
    const int side = mpfr_cmp(x, midpoint);
    const bool both_even = below % 2 == 0 && above % 2 == 0;
    bool up = side > 0;
    if (side == 0) {
        up = both_even ? true : above % 2 == 0;
    }
    return zero_of_sign(table, up ? above : below, negative);
}

uint32_t ref_nearest_double(const ref_table *table, double x)
{
    if (isnan(x)) {
        uint32_t nan = 0;
        for (uint32_t code = 0; code < table->codes; code++) {
            if (table->value[code].class == REF_NAN && !mpfr_signbit(table->value[code].number)) {
                nan = code;
            }
        }
        return nan;
    }
    MPFR_DECL_INIT(exact, REF_VALUE_PRECISION);
    ref_exact(mpfr_set_d(exact, x, MPFR_RNDN));
    return ref_nearest(table, exact);
}

uint32_t ref_largest(const ref_table *table)
{
    return table->order[table->finite - 1];
}

uint32_t ref_smallest(const ref_table *table)
{
    return table->order[0];
}

uint32_t ref_largest_ordinary(const ref_table *table)
{
    uint32_t best = 0;
    for (uint32_t code = 0; code < table->codes; code++) {
        best = mpfr_cmp(table->value[code].number, table->value[best].number) > 0 ? code : best;
    }
    return best;
}

uint32_t ref_smallest_ordinary(const ref_table *table)
{
    uint32_t best = 0;
    for (uint32_t code = 0; code < table->codes; code++) {
        best = mpfr_cmp(table->value[code].number, table->value[best].number) < 0 ? code : best;
    }
    return best;
}

uint32_t ref_tiniest(const ref_table *table)
{
    for (unsigned i = 0; i < table->finite; i++) {
        if (mpfr_sgn(table->value[table->order[i]].number) > 0) {
            return table->order[i];
        }
    }
    return 0;
}
