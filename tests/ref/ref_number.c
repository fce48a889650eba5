#include "tests/ref/ref_number.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/ref/ref_apot.h"
#include "tests/ref/ref_hifloat.h"
#include "tests/ref/ref_integer.h"
#include "tests/ref/ref_logarithmic.h"
#include "tests/ref/ref_minifloat.h"
#include "tests/ref/ref_posit.h"
#include "tests/ref/ref_shift.h"

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

static void codebook_value(const ref_format *format, uint32_t code, ref_value *value)
{
    value->class = REF_FINITE;
    ref_exact(mpfr_set_flt(value->number, format->values[code], MPFR_RNDN));
}

static void write_out_code(const ref_format *format, uint32_t code, ref_value *value)
{
    mpfr_init2(value->number, REF_VALUE_PRECISION);
    switch (format->kind) {
    case REF_INTEGER: ref_integer_value(format, code, value); return;
    case REF_MINIFLOAT: ref_minifloat_value(format, code, value); return;
    case REF_SHIFT: ref_shift_value(format, code, value); return;
    case REF_APOT: ref_apot_value(format, code, value); return;
    case REF_POSIT: ref_posit_value(format, code, value); return;
    case REF_LOGARITHMIC: ref_logarithmic_value(format, code, value); return;
    case REF_HIFLOAT: ref_hifloat_value(format, code, value); return;
    case REF_CODEBOOK: codebook_value(format, code, value); return;
    }
}

/* True if code a stands no later than b in ascending order: -0 before +0, equal values by ascending code. */
static bool in_order(const ref_table *table, uint32_t a, uint32_t b)
{
    const mpfr_t *x = &table->value[a].number;
    const mpfr_t *y = &table->value[b].number;
    const int order = mpfr_cmp(*x, *y);
    if (order != 0) {
        return order < 0;
    }
    const int sign = (mpfr_signbit(*y) != 0) - (mpfr_signbit(*x) != 0);
    return sign != 0 ? sign < 0 : a <= b;
}

/* Merges the sorted halves [0, half) and [half, length) of codes. */
static void merge(const ref_table *table, uint32_t *codes, uint32_t half, uint32_t length, uint32_t *spare)
{
    uint32_t left = 0;
    uint32_t right = half;
    for (uint32_t i = 0; i < length; i++) {
        const bool take_left = right == length || (left < half && in_order(table, codes[left], codes[right]));
        spare[i] = take_left ? codes[left++] : codes[right++];
    }
    for (uint32_t i = 0; i < length; i++) {
        codes[i] = spare[i];
    }
}

static void sort(const ref_table *table, uint32_t *codes, uint32_t length, uint32_t *spare)
{
    if (length < 2) {
        return;
    }
    const uint32_t half = length / 2;
    sort(table, codes, half, spare);
    sort(table, codes + half, length - half, spare);
    merge(table, codes, half, length, spare);
}

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL) {
        fprintf(stderr, "ref_table_new: no memory\n");
        abort();
    }
    return memory;
}

static void sort_codes(ref_table *table)
{
    uint32_t *spare = take(table->codes, sizeof *spare);
    for (uint32_t code = 0; code < table->codes; code++) {
        if (table->value[code].class == REF_FINITE) {
            table->order[table->finite++] = code;
        }
    }
    sort(table, table->order, table->finite, spare);
    free(spare);
}

static void find_lsb(ref_table *table)
{
    if (table->format->kind == REF_LOGARITHMIC) {
        table->lsb = mpfr_get_exp(table->value[ref_tiniest(table)].number) - REF_LOGARITHMIC_PRECISION;
        return;
    }
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

static void find_specials(ref_table *table)
{
    for (uint32_t code = 0; code < table->codes; code++) {
        const ref_value *value = &table->value[code];
        const bool negative = mpfr_signbit(value->number) != 0;
        if (value->class == REF_INFINITE) {
            table->has_infinite[negative] = true;
            table->infinite[negative] = code;
        }
        if (value->class == REF_NAN &&
            (!table->has_nan || !negative || mpfr_signbit(table->value[table->nan].number) != 0)) {
            table->has_nan = true;
            table->nan = code;
        }
    }
}

ref_table *ref_table_new(const ref_format *format)
{
    ref_table *table = take(1, sizeof *table);
    table->format = format;
    table->codes = 1U << format->bits;
    table->value = take(table->codes, sizeof *table->value);
    table->order = take(table->codes, sizeof *table->order);
    for (uint32_t code = 0; code < table->codes; code++) {
        write_out_code(format, code, &table->value[code]);
    }
    sort_codes(table);
    find_lsb(table);
    find_specials(table);
    if (format->flush) {
        table->whole = *format;
        table->whole.flush = false;
        table->unflushed = ref_table_new(&table->whole);
    }
    return table;
}

void ref_table_free(ref_table *table)
{
    if (table->unflushed != NULL) {
        ref_table_free(table->unflushed);
    }
    for (uint32_t code = 0; code < table->codes; code++) {
        mpfr_clear(table->value[code].number);
    }
    free(table->value);
    free(table->order);
    free(table);
}

const ref_table *ref_table_of(const ref_format *row)
{
    enum { ROWS_MAX = 1024 };
    static ref_table *tables[ROWS_MAX];
    const size_t index = (size_t)(row - ref_format_at(0));
    if (index >= ROWS_MAX) {
        fprintf(stderr, "ref_table_of: not a row, or more than %d of them\n", ROWS_MAX);
        abort();
    }
    if (tables[index] == NULL) {
        tables[index] = ref_table_new(row);
    }
    return tables[index];
}

const ref_table *ref_table_named(const char *name)
{
    return ref_table_of(ref_format_find(name));
}

/* The first of the codes equal to it in value. */
static uint32_t first_equal(const ref_table *table, uint32_t at)
{
    uint32_t best = table->order[at];
    for (uint32_t i = at; i-- > 0;) {
        if (mpfr_equal_p(table->value[table->order[i]].number, table->value[table->order[at]].number) == 0) {
            break;
        }
        best = table->order[i] < best ? table->order[i] : best;
    }
    return best;
}

uint32_t ref_largest(const ref_table *table)
{
    return first_equal(table, table->finite - 1);
}

uint32_t ref_first(const ref_table *table)
{
    return table->format->kind == REF_INTEGER && table->format->sign == REF_SIGN_SYMMETRIC ? 1 : 0;
}

uint32_t ref_smallest(const ref_table *table)
{
    return table->order[ref_first(table)];
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
    for (uint32_t i = 0; i < table->finite; i++) {
        if (mpfr_sgn(table->value[table->order[i]].number) > 0) {
            return table->order[i];
        }
    }
    return 0;
}
