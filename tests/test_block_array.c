/* Arrays of blocks, on every path of this machine, against ng_block_encode(): scale and elements. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/block_array.h"
#include "model/format_name.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"

enum { SEED = 11, BLOCKS = 480, SHAPES = 12 };

/* Elements and sizes without a row: a short block, an odd one, shifts whose -0 is not what tiny numbers become, a bias
 * far off. */
static const char *const others[] = {"e4m3fn_k16_e8m0",   "int8_k8_b8",         "e2m1_k7_e8m0",  "pot4_k32_e8m0",
                                     "dense4_k16_b8",     "posit8es1_k32_b8",   "hif8_k16_e8m0", "e3m4_k48_b8",
                                     "int8q100_k32_e8m0", "e5m2fnuz_k1024_e8m0"};

enum { OTHERS = sizeof others / sizeof others[0] };

static float sign_of(uint64_t at)
{
    return random_bits(SEED + 9, at) % 2 == 0 ? 1.0F : -1.0F;
}

/* A block of one shape: `index` picks it. */
static void fill(float *values, unsigned length, uint64_t index)
{
    static const float odd[] = {NAN, INFINITY, -INFINITY};
    const int centre = (int)random_below(SEED, index, 280) - 150;
    for (unsigned i = 0; i < length; i++) {
        const uint64_t at = index * NG_BLOCK_MAX + i;
        const float x = (float)random_double(SEED, at, -3, 1);
        switch (index % SHAPES) {
        case 0: values[i] = i % 2 == 0 ? 0.0F : -0.0F; break;
        case 1: values[i] = ldexpf(x, centre); break;
        case 2: values[i] = i == index % length ? ldexpf(x, 20) : x; break; /* one outlier */
        case 3: values[i] = sign_of(at) * FLT_MAX; break;
        case 4: values[i] = ldexpf(x, -130); break; /* subnormals */
        case 5: values[i] = ldexpf(roundf(ldexpf(x, 8)), centre / 2); break; /* many ties */
        case 6: values[i] = (float)i - (float)length / 2; break;
        case 7: values[i] = (float)random_double(SEED, at, -149, 127); break;
        /* Zeros and the smallest fp32; powers of two and just above. */
        case 8: values[i] = i % 3 == 0 ? x : i % 3 == 1 ? -0.0F : 0x1p-149F * sign_of(at); break;
        case 9: values[i] = ldexpf(1 + (float)(at % 5) * 0x1p-23F, centre % 100) * sign_of(at); break;
        /* Subnormals under a normal number, near and far. */
        case 10: values[i] = ldexpf(x, i == 0 ? (int)(index / SHAPES) - 124 : -128); break;
        default: values[i] = i == index % length ? odd[index % 3] : x; break;
        }
    }
}

static void check(const ng_block_plan *plan, ng_array_path path, const float *values, tally *seen)
{
    const ng_format *format = &plan->elements.format;
    uint8_t *codes = malloc((size_t)BLOCKS * format->block);
    uint8_t scales[BLOCKS];
    uint16_t expected[NG_BLOCK_MAX];
    ck_assert_ptr_nonnull(codes);
    ng_block_array_encode_on(path, plan, values, BLOCKS, scales, codes);
    for (size_t b = 0; b < BLOCKS; b++) {
        const float *block = values + b * format->block;
        const uint32_t scale = ng_block_encode(format, block, plan->rule, expected);
        if (!tally_case(seen, scales[b] == scale) && !tally_full(seen)) {
            fprintf(stderr, "block array-%s (%s) rule %d block %zu: scale %u expected %u\n", format->name,
                    ng_array_path_name(path), (int)plan->rule, b, (unsigned)scales[b], (unsigned)scale);
        }
        for (unsigned i = 0; i < format->block; i++) {
            const uint8_t got = codes[b * format->block + i];
            if (!tally_case(seen, got == expected[i]) && !tally_full(seen)) {
                fprintf(stderr, "block array-%s (%s) rule %d block %zu element %u, %a, scale %u: got %02x expected %02x\n",
                        format->name, ng_array_path_name(path), (int)plan->rule, b, i, (double)block[i],
                        (unsigned)scale, (unsigned)got, (unsigned)expected[i]);
            }
        }
    }
    free(codes);
}

static void check_format(const ng_format *format, const ng_scale_rule *rules, unsigned count)
{
    ng_block_plan *plan = malloc(sizeof *plan);
    float *values = malloc((size_t)BLOCKS * format->block * sizeof values[0]);
    tally seen = {0};
    ck_assert_ptr_nonnull(plan);
    ck_assert_ptr_nonnull(values);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        fill(values + b * format->block, format->block, b);
    }
    for (unsigned i = 0; i < count; i++) {
        ck_assert(ng_block_plan_init(plan, format, rules[i]));
        check(plan, NG_PATH_PORTABLE, values, &seen);
        if (ng_array_path_runs(NG_PATH_AVX2)) {
            check(plan, NG_PATH_AVX2, values, &seen);
        }
    }
    free(values);
    free(plan);
    tally_verdict(&seen, format->name);
}

static const ng_scale_rule fast_rules[] = {NG_RULE_FLOOR, NG_RULE_CEIL};

START_TEST(catalogue)
{
    const ng_format *format = ng_format_at((size_t)_i);
    static ng_block_plan plan;
    if (format->block == 0) {
        ck_assert(!ng_block_plan_init(&plan, format, NG_RULE_FLOOR));
        return;
    }
    check_format(format, fast_rules, 2);
    ck_assert(ng_block_plan_init(&plan, format, NG_RULE_CEIL));
    ck_assert(plan.fast == (format->scale != NG_SCALE_UE4M3));
}
END_TEST

START_TEST(other_formats)
{
    ng_format format;
    ck_assert_int_eq(ng_format_parse(others[_i], NULL, 0, &format, NULL), NG_PARSE_OK);
    check_format(&format, fast_rules, 2);
}
END_TEST

/* Rules that have no fast way. */
START_TEST(slow_rules)
{
    static const ng_scale_rule rules[] = {NG_RULE_ROUND};
    check_format(ng_format_find("mxfp4"), rules, 1);
}
END_TEST

Suite *ng_suite_block_array(void);

Suite *ng_suite_block_array(void)
{
    Suite *suite = suite_create("block_array");
    TCase *tcase = golden_tcase(suite, "block_array");
    tcase_add_loop_test(tcase, catalogue, 0, (int)ng_format_count());
    tcase_add_loop_test(tcase, other_formats, 0, OTHERS);
    tcase_add_test(tcase, slow_rules);
    return suite;
}
