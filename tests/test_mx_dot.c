/* The exact dot product of blocks against rationals: OCP MX v1.0 sections 6.1 and 6.2, all kinds of scale, all
 * specials. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/mx_dot.h"
#include "tests/ref/ref_dot.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 6, LENGTH = 8, BLOCKS = 5, CASES = 400 };

/* Elements of both sides and the scale above them. */
typedef struct {
    char x[12];
    char y[12];
    ref_scale scale;
} pair;

static const pair pairs[] = {
    {"e2m1", "e2m1", REF_SCALE_E8M0},     {"e2m1", "e4m3fn", REF_SCALE_E8M0}, {"e3m2", "e2m3", REF_SCALE_E8M0},
    {"e4m3fn", "e5m2ieee", REF_SCALE_E8M0}, {"int8", "int8", REF_SCALE_E8M0},   {"int4", "int8", REF_SCALE_BIASED8},
    {"e2m1", "e2m1", REF_SCALE_UE4M3},    {"e5m2ieee", "e5m2ieee", REF_SCALE_UE4M3}, {"dense4", "int8", REF_SCALE_E8M0},
};

enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* One operand in both forms. */
typedef struct {
    ng_format format;
    ref_block ref;
    uint16_t codes[BLOCKS * LENGTH];
    uint8_t scales[BLOCKS];
} operand;

static void open_operand(operand *o, const char *element, ref_scale scale)
{
    o->format = *ng_format_find(element);
    o->format.block = LENGTH;
    o->format.scale = (ng_scale)scale;
    ref_block_init(&o->ref, ref_table_named(element), LENGTH, scale, 1);
}

/* Codes of the kinds of case `index`: anything; no specials; scales that are far apart, or NaN. */
static void fill(operand *o, uint64_t seed, uint64_t index)
{
    for (unsigned i = 0; i < BLOCKS * LENGTH; i++) {
        const uint64_t at = index * BLOCKS * LENGTH + i;
        uint32_t code = random_below(seed, at, o->ref.table->codes);
        if (index % 4 != 0 && o->ref.table->value[code].class != REF_FINITE) {
            code = 0;
        }
        o->codes[i] = (uint16_t)code;
    }
    for (unsigned i = 0; i < BLOCKS; i++) {
        const uint64_t at = index * BLOCKS + i;
        const uint32_t code = random_below(seed + 1, at, o->ref.scales);
        const bool extreme = index % 3 == 0;
        o->scales[i] = (uint8_t)(extreme ? (code % 2 == 0 ? 0 : o->ref.scales - 1) : code);
        if (index % 8 == 0 && i == index / 8 % 16 && o->ref.nan >= 0) {
            o->scales[i] = (uint8_t)o->ref.nan;
        }
    }
}

static bool same_double(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static void judge(tally *count, const ng_mx_sum *got, const ref_sum *expected, uint64_t index)
{
    const double a = ng_mx_sum_to_double(got);
    const double b = ref_sum_to_double(expected);
    const double c = (double)ng_mx_sum_to_float(got);
    const double d = (double)ref_sum_to_float(expected);
    const bool classes = (unsigned)ng_mx_sum_class(got) == (unsigned)expected->class;
    if (!tally_case(count, classes && same_double(a, b) && same_double(c, d)) && !tally_full(count)) {
        fprintf(stderr, "mx_dot case %lu: got %a and %a expected %a and %a\n", (unsigned long)index, a, c, b, d);
    }
}

START_TEST(every_pair)
{
    static operand x;
    static operand y;
    tally count = {0};
    open_operand(&x, pairs[_i].x, pairs[_i].scale);
    open_operand(&y, pairs[_i].y, pairs[_i].scale);
    for (uint64_t index = 0; index < CASES; index++) {
        ref_sum expected;
        ref_sum_init(&expected);
        fill(&x, SEED + 10, index);
        fill(&y, SEED + 20, index);
        const ng_mx_vector first = {&x.format, x.codes, x.scales};
        const ng_mx_vector second = {&y.format, y.codes, y.scales};
        for (unsigned block = 0; block < BLOCKS; block++) {
            ref_dot(&x.ref, x.scales[block], x.codes + block * LENGTH, &y.ref, y.scales[block],
                    y.codes + block * LENGTH, &expected);
            const ng_mx_sum got = ng_mx_dot_general(&first, &second, block + 1);
            judge(&count, &got, &expected, index);
        }
        /* The order of the blocks makes no difference. */
        ng_mx_sum backwards = {0};
        for (unsigned block = BLOCKS; block-- > 0;) {
            ng_mx_dot(&first, &second, block, &backwards);
        }
        judge(&count, &backwards, &expected, index);
        ref_sum_clear(&expected);
    }
    ref_block_clear(&x.ref);
    ref_block_clear(&y.ref);
    tally_verdict(&count, pairs[_i].x);
}
END_TEST

/* Every pair of element codes under the largest and the smallest scale. */
START_TEST(every_code)
{
    static operand x;
    static operand y;
    tally count = {0};
    open_operand(&x, pairs[_i].x, pairs[_i].scale);
    open_operand(&y, pairs[_i].y, pairs[_i].scale);
    x.format.block = x.ref.block = 1;
    y.format.block = y.ref.block = 1;
    for (unsigned ends = 0; ends < 4; ends++) {
        x.scales[0] = (uint8_t)(ends & 1 ? x.ref.scales - 1 : 0);
        y.scales[0] = (uint8_t)(ends & 2 ? y.ref.scales - 1 : 0);
        for (uint32_t code = 0; code < x.ref.table->codes * y.ref.table->codes; code += 1 + ends) {
            ref_sum expected;
            ref_sum_init(&expected);
            x.codes[0] = (uint16_t)(code / y.ref.table->codes);
            y.codes[0] = (uint16_t)(code % y.ref.table->codes);
            ref_dot(&x.ref, x.scales[0], x.codes, &y.ref, y.scales[0], y.codes, &expected);
            const ng_mx_vector first = {&x.format, x.codes, x.scales};
            const ng_mx_vector second = {&y.format, y.codes, y.scales};
            const ng_mx_sum got = ng_mx_dot_general(&first, &second, 1);
            judge(&count, &got, &expected, code);
            ref_sum_clear(&expected);
        }
    }
    ref_block_clear(&x.ref);
    ref_block_clear(&y.ref);
    tally_verdict(&count, pairs[_i].x);
}
END_TEST

/* 2^127 * 2^127 * 36 and its negative cancel around one unit of the other end: nothing is lost. */
START_TEST(nothing_is_lost)
{
    const ng_format *mxfp4 = ng_format_find("mxfp4");
    uint16_t x[3 * 32] = {0};
    uint16_t y[3 * 32] = {0};
    static const uint8_t scales[] = {254, 0, 254};
    x[0] = y[0] = 0x7;
    x[32] = y[32] = 0x1;
    x[64] = 0xF;
    y[64] = 0x7;
    const ng_mx_vector first = {mxfp4, x, scales};
    const ng_mx_vector second = {mxfp4, y, scales};
    const ng_mx_sum sum = ng_mx_dot_general(&first, &second, 3);
    ck_assert(same_double(ng_mx_sum_to_double(&sum), 0x1p-256));
    const ng_mx_sum none = ng_mx_dot_general(&first, &second, 0);
    ck_assert(same_double(ng_mx_sum_to_double(&none), 0.0));
    /* As fp32 the first block alone is beyond the largest number. */
    const ng_mx_sum one = ng_mx_dot_general(&first, &second, 1);
    ck_assert(isinf(ng_mx_sum_to_float(&one)) && ng_mx_sum_class(&one) == NG_CLASS_FINITE);
}
END_TEST

Suite *ng_suite_mx_dot(void);

Suite *ng_suite_mx_dot(void)
{
    Suite *suite = suite_create("mx_dot");
    TCase *tcase = golden_tcase(suite, "mx_dot");
    tcase_add_loop_test(tcase, every_pair, 0, PAIRS);
    tcase_add_loop_test(tcase, every_code, 0, PAIRS);
    tcase_add_test(tcase, nothing_is_lost);
    return suite;
}
