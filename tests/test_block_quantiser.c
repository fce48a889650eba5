/* The golden block_quantiser against exact rationals: the scale by its rule, every element by search. */
#include <math.h>

#include "tests/ref/ref_block_encode.h"
#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { BLOCKS = 120, LANES_MOST = 64 };

static const kind_case cases[] = {
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 16},         {NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 22},
    {NG_UNIT_QUANTISE, "bfp_m4k16", "bfp_m4k16", "", 0, 0, 9},  {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e4m3", 0, 0, 20},
    {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp6_e2m3", 0, 0, 3}, {NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "mxfp8_e5m2", 0, 0, 24},
};

static ref_scale scale_of(const ng_format *format)
{
    return format->scale == NG_SCALE_E8M0 ? REF_SCALE_E8M0 : REF_SCALE_BIASED8;
}

START_TEST(blocks)
{
    const ng_datapath path = kind_path(&cases[_i]);
    const unsigned bits = path.output->bits;
    tally count = {0, 0};
    ref_block ref;
    mpz_t got;
    mpz_init(got);
    ref_block_init(&ref, ref_table_named(path.output->name), path.lanes, scale_of(path.output), 1);
    for (uint64_t run = 0; run < BLOCKS && !tally_full(&count); run++) {
        uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
        float values[LANES_MOST];
        uint16_t codes[LANES_MOST];
        ng_result result;
        const uint64_t control = random_bits(GOLDEN_SEED, run);
        const int lsb = (int)(control % 128) - 64;
        for (unsigned i = 0; i < path.lanes; i++) {
            const uint64_t word = random_bits(GOLDEN_SEED + run, i + 1);
            const unsigned length = (unsigned)(word >> 40) % path.width;
            const unsigned cap = (unsigned)(control >> 8) % path.width;
            const int64_t size = (int64_t)(word & ((UINT64_C(1) << (length < cap ? length : cap)) - 1));
            int64_t sum = (word >> 60 & 1) != 0 ? size : -size;
            sum = run % 8 == 0 && i == 3 ? -(INT64_C(1) << (path.width - 1)) : run % 8 == 1 ? 0 : sum;
            values[i] = ldexpf((float)sum, lsb);
            kind_put(words[0], i * path.width, path.width, (uint64_t)sum);
        }
        kind_put(words[1], 0, path.second_bits, (uint64_t)lsb);
        const uint32_t scale = ref_block_encode(&ref, values, REF_RULE_FLOOR, codes);
        ng_golden_result(&path, words[0], words[1], NULL, &result);
        for (unsigned i = 0; i < path.lanes; i++) {
            kind_field(got, &result, i * bits, bits, false);
            (void)tally_case(&count, mpz_cmp_ui(got, codes[i]) == 0);
        }
        kind_field(got, &result, path.lanes * bits, path.scale_bits, false);
        (void)tally_case(&count, mpz_cmp_ui(got, scale) == 0);
    }
    ref_block_clear(&ref);
    mpz_clear(got);
    tally_verdict(&count, path.output->name);
}
END_TEST

START_TEST(requests)
{
    char text[256];
    ng_datapath path = kind_path(&(kind_case){NG_UNIT_QUANTISE, "mxfp4", "mxfp4", "", 0, 0, 0});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "ElementExponentBits=2 ElementMantissaBits=1 ElementTop=2 GridBits=4 Largest=7 Lanes=32 SumBits=16 ");
    path = kind_path(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 32});
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "ElementExponentBits=0 ElementMantissaBits=7 ElementTop=0 GridBits=7 Largest=127 Lanes=32 SumBits=32 ");
    ck_assert_uint_eq(path.result_bits, 264);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 0, 0, 33}, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "mxint8", "mxint8", "", 16, 0, 0}, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "nvfp4", "nvfp4", "", 0, 0, 0}, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&(kind_case){NG_UNIT_QUANTISE, "int8", "int8", "", 0, 0, 0}, &path), NG_NO_UNIT);
}
END_TEST

Suite *ng_suite_block_quantiser(void);

Suite *ng_suite_block_quantiser(void)
{
    Suite *suite = suite_create("block_quantiser");
    TCase *tcase = golden_tcase(suite, "block_quantiser");
    tcase_add_loop_test(tcase, blocks, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, requests);
    return suite;
}
