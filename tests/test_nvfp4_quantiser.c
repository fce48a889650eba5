/* The golden nvfp4_quantiser against exact rationals: the scale by its rule among all codes, every element by search; and
 * against what the accuracy path does with the same numbers. */
#include <math.h>

#include "model/block_encode.h"
#include "tests/support/quantiser_check.h"
#include "tests/support/random.h"

enum { BLOCKS = 40, RULES = 3, ROUNDINGS = 7, LANES = 16, WIDTHS = 5 };

static const unsigned widths[WIDTHS] = {2, 9, 13, 16, 40};

static ng_datapath path_of(unsigned width, ng_scale_rule rule, unsigned rounding)
{
    ng_datapath path;
    const kind_case asked = {NG_UNIT_QUANTISE, "nvfp4", "nvfp4", "", 0, 0, width};
    ck_assert_int_eq(kind_status_rounded(&asked, rule, 1 + rounding, &path), NG_OK);
    return path;
}

static void open_ref(ref_block *ref)
{
    ref_block_init(ref, ref_table_named("e2m1"), LANES, REF_SCALE_UE4M3, 1);
}

/* Where the largest sum lies: anywhere; in the scale's binades; about its subnormals; about its end. */
static int lsb_of(const ng_datapath *path, uint64_t run, uint64_t control)
{
    const int spread = (int)(control >> 32 & 0xFFFF);
    const int width = (int)path->width;
    switch (run / ROUNDINGS % 4) {
    case 0: return spread % 128 - 64;
    case 1: return spread % 16 - 4 - width;
    case 2: return spread % 12 - 12 - width;
    default: return spread % 8 + 10 - width;
    }
}

/* _i: the width and the rule; every rounding. */
START_TEST(blocks)
{
    tally count = {0, 0};
    ref_block ref;
    open_ref(&ref);
    for (uint64_t run = 0; run < BLOCKS * ROUNDINGS && !tally_full(&count); run++) {
        const ng_datapath path = path_of(widths[_i / RULES], (ng_scale_rule)(_i % RULES), (unsigned)(run % ROUNDINGS));
        const uint64_t control = random_bits(GOLDEN_SEED, run);
        quantiser_block block = {.lsb = lsb_of(&path, run, control)};
        for (unsigned i = 0; i < LANES; i++) {
            block.sums[i] = quantiser_sum(&path, run, i, control);
        }
        quantiser_check(&path, &ref, &block, &count);
    }
    ref_block_clear(&ref);
    tally_verdict(&count, "nvfp4_quantiser, blocks");
}
END_TEST

/* _i: the rule. Every scale but 0: m at its reach 6 s, at the middles to both neighbours, and one unit beside these; the other
 * elements at all middles of elements under that scale and one unit beside. */
START_TEST(every_scale)
{
    enum { WIDTH = 40, LSB = -16, PLACES = 3 };
    static const int64_t quarters[LANES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 23, 24};
    tally count = {0, 0};
    ref_block ref;
    open_ref(&ref);
    for (uint32_t code = 1; code < 127 && !tally_full(&count); code++) {
        /* Of a scale and of the next, in units of 2^-16. */
        const int64_t scale = (int64_t)ldexp(mpq_get_d(ref.scale_value[code]), -LSB);
        const int64_t step = code < 16 ? 128 : INT64_C(128) << (code / 8 - 1);
        const int64_t places[PLACES] = {6 * scale - 3 * step, 6 * scale, 6 * scale + 3 * step};
        for (int64_t variant = 0; variant < PLACES * 9; variant++) {
            const ng_datapath path = path_of(WIDTH, (ng_scale_rule)_i, (unsigned)(code + variant) % ROUNDINGS);
            const int64_t m = places[variant % PLACES] + variant / PLACES % 3 - 1;
            quantiser_block block = {.lsb = LSB};
            for (unsigned i = 0; i < LANES - 1; i++) {
                const int64_t size = quarters[i] * scale / 4 + variant / 9 - 1;
                block.sums[i] = size > m ? 0 : (code + i) % 2 == 0 ? size : -size;
            }
            block.sums[LANES - 1] = code % 2 == 0 ? m : -m;
            quantiser_check(&path, &ref, &block, &count);
        }
    }
    ref_block_clear(&ref);
    tally_verdict(&count, "nvfp4_quantiser, every scale");
}
END_TEST

/* _i: the rule. ng_block_encode_with(), the way of activations and weights, under a tensor scale of 1 gives the same block. */
START_TEST(as_the_accuracy_path)
{
    tally count = {0, 0};
    for (uint64_t run = 0; run < 4 * BLOCKS * ROUNDINGS; run++) {
        uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
        double values[LANES];
        uint16_t codes[LANES];
        ng_result result;
        mpz_t got;
        const ng_datapath path = path_of(widths[run / ROUNDINGS % WIDTHS], (ng_scale_rule)_i, (unsigned)(run % ROUNDINGS));
        const uint64_t control = random_bits(GOLDEN_SEED, run);
        const int lsb = lsb_of(&path, run, control);
        for (unsigned i = 0; i < LANES; i++) {
            const int64_t sum = quantiser_sum(&path, run, i, control);
            values[i] = ldexp((double)sum, lsb);
            kind_put(words[0], i * path.width, path.width, (uint64_t)sum);
        }
        kind_put(words[1], 0, path.second_bits, (uint64_t)lsb);
        const ng_encode_options options = {.rounding = path.rounding, .random_bits = 1};
        const uint32_t scale = ng_block_encode_with(path.output, 1, values, path.rule, &options, NULL, codes);
        ng_golden_result(&path, words[0], words[1], NULL, &result);
        mpz_init(got);
        for (unsigned i = 0; i < LANES; i++) {
            kind_field(got, &result, 4 * i, 4, false);
            (void)tally_case(&count, mpz_cmp_ui(got, codes[i]) == 0);
        }
        kind_field(got, &result, 4 * LANES, path.scale_bits, false);
        (void)tally_case(&count, mpz_cmp_ui(got, scale) == 0);
        mpz_clear(got);
    }
    tally_verdict(&count, "nvfp4_quantiser, as ng_block_encode_with()");
}
END_TEST

/* The rows of rtl/nvfp4_quantiser.sv, and what the formula says at the ends: (sums 0 and 1, lsb) -> (scale code, elements 0 and 1). */
START_TEST(rows)
{
    static const struct {
        int64_t sums[2];
        int lsb;
        uint64_t scale;
        uint64_t elements;
    } expected[] = {
        {{-14, 7}, 0, 0x41, 0x5F},   {{1, 0}, 0, 0x23, 0x07},    {{0, 0}, 0, 0, 0},
        {{3, 1}, -10, 0, 0},         {{-7, 1}, -10, 0x01, 0x1E}, {{105, -1}, 8, 0x7E, 0x97},
        {{127, 1}, 63, 0x7E, 0x77},
    };
    ng_datapath path = path_of(8, NG_RULE_ROUND, NG_ROUND_NEAREST_EVEN);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
        ng_result result;
        kind_put(words[0], 0, 8, (uint64_t)expected[i].sums[0]);
        kind_put(words[0], 8, 8, (uint64_t)expected[i].sums[1]);
        kind_put(words[1], 0, path.second_bits, (uint64_t)expected[i].lsb);
        ng_golden_result(&path, words[0], words[1], NULL, &result);
        ck_assert_uint_eq(result.limb[0], expected[i].elements);
        ck_assert_uint_eq(result.limb[1], expected[i].scale);
    }
}
END_TEST

START_TEST(requests)
{
    char text[256];
    const kind_case asked = {NG_UNIT_QUANTISE, "int8", "nvfp4", "", 0, 0, 0};
    ng_datapath path = kind_path(&asked);
    ck_assert_str_eq(path.unit->name, "nvfp4_quantiser");
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "Lanes=16 SumBits=16 ");
    ck_assert_uint_eq(path.result_bits, 72);
    ck_assert_int_eq(kind_status_rounded(&asked, NG_RULE_ROUND, 1 + NG_ROUND_UP, &path), NG_OK);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "Lanes=16 SumBits=16 Rule=2 Rounding=4 ");
    ck_assert_int_eq(kind_status_rounded(&asked, NG_RULE_MSE, 0, &path), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status_rounded(&asked, NG_RULE_ROUND, 1 + NG_ROUND_STOCHASTIC, &path), NG_BAD_ROUNDING);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "int8", "nvfp4", "", 0, 0, 65}, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "int8", "nvfp4", "", 32, 0, 0}, &path), NG_BAD_LANES);
}
END_TEST

/* Other elements under the same scale have other limits than the circuit's. */
START_TEST(other_elements)
{
    static const char names[][NG_FORMAT_NAME_SIZE] = {"e3m2", "e2m3", "int4", "e4m3fn"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ng_datapath path;
        ng_format format = *ng_format_find(names[i]);
        format.block = LANES;
        format.scale = NG_SCALE_UE4M3;
        const ng_request request = {.kind = NG_UNIT_QUANTISE, .weight = &format, .activation = &format};
        ck_assert_int_eq(ng_datapath_init(&path, &request), NG_NO_UNIT);
    }
}
END_TEST

Suite *ng_suite_nvfp4_quantiser(void);

Suite *ng_suite_nvfp4_quantiser(void)
{
    Suite *suite = suite_create("nvfp4_quantiser");
    TCase *tcase = golden_tcase(suite, "nvfp4_quantiser");
    tcase_add_loop_test(tcase, blocks, 0, RULES * WIDTHS);
    tcase_add_loop_test(tcase, every_scale, 0, RULES);
    tcase_add_loop_test(tcase, as_the_accuracy_path, 0, RULES);
    tcase_add_test(tcase, rows);
    tcase_add_test(tcase, requests);
    tcase_add_test(tcase, other_elements);
    return suite;
}
