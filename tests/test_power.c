/* The power quantiser against MPFR: every code of every table, every bf16 number, every threshold. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/power.h"
#include "tests/ref/ref_power.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 11, RANDOMS = 3000, RATIONALS = 16, WIDTHS = 7 };

static float from_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool same(float a, float b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static uint32_t code_of(const ref_power *power, float x)
{
    const uint32_t k = ref_power_step(power, x);
    return (x < 0 ? 0 - k : k) & ((UINT32_C(1) << power->bits) - 1);
}

static void try_encode(tally *count, const ng_power_table *table, const ref_power *power, float x)
{
    const uint32_t got = ng_power_encode(table, x);
    const uint32_t expected = code_of(power, x);
    if (!tally_case(count, got == expected) && !tally_full(count)) {
        fprintf(stderr, "power %u bits a = %u/%u or %g of %a: got 0x%02x expected 0x%02x\n", power->bits, power->p,
                power->q, power->a, (double)x, (unsigned)got, (unsigned)expected);
    }
}

static void try_around(tally *count, const ng_power_table *table, const ref_power *power, float x)
{
    try_encode(count, table, power, x);
    try_encode(count, table, power, -x);
    try_encode(count, table, power, nextafterf(x, INFINITY));
    try_encode(count, table, power, nextafterf(x, -INFINITY));
}

/* Thresholds and their neighbours, ties of a = 1/q, ends, random numbers of [0, 1] and of any size. */
static void try_table(tally *count, const ng_power_table *table, const ref_power *power)
{
    const uint32_t most = (1U << (power->bits - 1)) - 1;
    for (uint32_t k = 1; k <= most; k++) {
        try_around(count, table, power, table->threshold[k - 1]);
        try_around(count, table, power, table->value[k]);
    }
    for (int exponent = -149; exponent < 128; exponent++) {
        try_around(count, table, power, ldexpf(1, exponent));
        try_around(count, table, power, ldexpf(3, exponent - 2));
    }
    for (uint64_t i = 0; i < RANDOMS; i++) {
        try_encode(count, table, power, (float)random_double(SEED, i, -20, 1));
    }
    try_encode(count, table, power, 0.0F);
    try_encode(count, table, power, INFINITY);
    try_encode(count, table, power, -INFINITY);
    tally_case(count, ng_power_encode(table, NAN) == 0);
}

/* Test number: width and both terms of a. */
static ref_power rational(int index)
{
    const unsigned i = (unsigned)index;
    return (ref_power){.bits = 2 + i / RATIONALS, .p = 1 + i % 4, .q = 1 + i / 4 % 4};
}

START_TEST(rational_tables)
{
    const ref_power power = rational(_i);
    ng_power_table table;
    tally count = {0};
    ck_assert(ng_power_table_make(power.bits, power.p, power.q, &table));
    ck_assert(ng_power_table_valid(&table));
    for (uint32_t k = 0; k <= 1U << (power.bits - 1); k++) {
        tally_case(&count, same(table.value[k], ref_power_value(&power, k)));
    }
    try_table(&count, &table, &power);
    tally_verdict(&count, "power");
}
END_TEST

/* Every bf16 number at 8 bits. */
START_TEST(every_bf16)
{
    const ref_power power = {.bits = 8, .p = 1 + (unsigned)_i % 4, .q = 1 + (unsigned)_i / 4};
    ng_power_table table;
    tally count = {0};
    ck_assert(ng_power_table_make(8, power.p, power.q, &table));
    for (uint32_t bits = 0; bits < 1U << 16; bits++) {
        const float x = from_bits(bits << 16);
        if (!isnan(x)) {
            try_encode(&count, &table, &power, x);
        }
    }
    tally_verdict(&count, "power of every bf16");
}
END_TEST

/* A table for any a, built by the caller with a correctly rounded power. */
START_TEST(real_tables)
{
    static const double exponents[] = {0.437, 0.5, 0.61803398874989484, 0.55, 1.7, 0.3333};
    const ref_power power = {.bits = 2 + (unsigned)_i % 7, .a = exponents[_i / 7]};
    ng_power_table table = {.bits = power.bits};
    tally count = {0};
    for (uint32_t k = 1; k <= 1U << (power.bits - 1); k++) {
        table.value[k] = k == 1U << (power.bits - 1) ? table.value[k - 1] : ref_power_value(&power, k);
        if (k < 1U << (power.bits - 1)) {
            table.threshold[k - 1] = ref_power_threshold(&power, k);
        }
    }
    ck_assert(ng_power_table_valid(&table));
    try_table(&count, &table, &power);
    tally_verdict(&count, "power of real exponents");
}
END_TEST

/* Values are encoded to their codes; the codebook has them by code. */
START_TEST(round_trip)
{
    const ref_power power = rational(_i);
    ng_power_table table;
    ng_codebook book;
    const uint32_t codes = 1U << power.bits;
    ck_assert(ng_power_table_make(power.bits, power.p, power.q, &table));
    ng_power_codebook(&table, "nupes_table_too_long", &book);
    ck_assert_str_eq(book.name, "nupes_table_too");
    ck_assert_uint_eq(book.bits, power.bits);
    for (uint32_t code = 0; code < codes; code++) {
        const float value = ng_power_decode(&table, code);
        ck_assert(same(book.value[code], value));
        ck_assert(same(ng_power_decode(&table, code | codes), value));
        const uint32_t back = ng_power_encode(&table, value);
        ck_assert_uint_eq(back, code == codes / 2 ? code + 1 : code);
    }
}
END_TEST

START_TEST(refusals)
{
    static ng_power_table made;
    ng_power_table table = {.bits = 77};
    ck_assert(!ng_power_table_make(1, 1, 2, &table));
    ck_assert(!ng_power_table_make(9, 1, 2, &table));
    ck_assert(!ng_power_table_make(8, 0, 2, &table));
    ck_assert(!ng_power_table_make(8, 1, 0, &table));
    ck_assert(!ng_power_table_make(8, 5, 2, &table));
    ck_assert(!ng_power_table_make(8, 1, 5, &table));
    ck_assert_uint_eq(table.bits, 77);
    ck_assert(!ng_power_table_valid(&table));
    /* Total all the same. */
    ck_assert_uint_eq(ng_power_encode(&table, 1.0F), 127);
    ck_assert(same(ng_power_decode(&table, 5), 0.0F));
    ck_assert(ng_power_table_make(4, 1, 2, &made));
    const float broken[] = {0, -1, NAN, made.threshold[5]};
    for (unsigned i = 0; i < 4; i++) {
        table = made;
        table.threshold[3] = broken[i];
        ck_assert(!ng_power_table_valid(&table));
    }
    table = made;
    table.value[0] = 0.25F;
    ck_assert(!ng_power_table_valid(&table));
    table = made;
    table.value[8] = INFINITY;
    ck_assert(!ng_power_table_valid(&table));
    table = made;
    table.value[3] = table.value[5];
    ck_assert(!ng_power_table_valid(&table));
    /* The examples of the header. */
    ck_assert_uint_eq(ng_power_encode(&made, 1), 7);
    ck_assert_uint_eq(ng_power_encode(&made, 0.25F), 4);
    ck_assert_uint_eq(ng_power_encode(&made, -0.25F), 12);
    ck_assert_uint_eq(ng_power_encode(&made, 0.005F), 0);
    ck_assert(same(ng_power_decode(&made, 4), 16.0F / 49));
}
END_TEST

Suite *ng_suite_power(void);

Suite *ng_suite_power(void)
{
    Suite *suite = suite_create("power");
    TCase *tcase = golden_tcase(suite, "power");
    tcase_add_loop_test(tcase, rational_tables, 0, RATIONALS * WIDTHS);
    tcase_add_loop_test(tcase, every_bf16, 0, RATIONALS);
    tcase_add_loop_test(tcase, real_tables, 0, 6 * WIDTHS);
    tcase_add_loop_test(tcase, round_trip, 0, RATIONALS * WIDTHS);
    tcase_add_test(tcase, refusals);
    return suite;
}
