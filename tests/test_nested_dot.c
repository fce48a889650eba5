/* The golden nested_dot against divisions in GMP: q of 8 bits, its leading b bits are floor(q / 2^(8 - b)) * 2^(8 - b). */
#include <stdio.h>

#include "tests/support/kind_check.h"
#include "tests/support/random.h"

enum { VECTORS = 2000 };

static const unsigned leading[4] = {2, 4, 8, 8};

static long as_signed(uint32_t code, unsigned bits)
{
    return code < 1U << (bits - 1) ? (long)code : (long)code - (1L << bits);
}

/* One vector: codes from the seed, the ends where the seed says so. */
static bool check_vector(const ng_datapath *path, uint64_t seed, unsigned mode)
{
    uint64_t first[NG_OPERAND_LIMBS] = {0};
    uint64_t second[NG_OPERAND_LIMBS] = {0};
    const unsigned abits = path->activation->bits;
    const bool ends = random_below(seed, 0, 4) == 0;
    ng_result result;
    mpz_t sum, term, got;
    mpz_inits(sum, term, got, (mpz_ptr)0);
    for (unsigned i = 0; i < path->lanes; i++) {
        const uint32_t w = ends ? 0x80 : random_below(seed, 2 * i + 1, 256);
        const uint32_t a = ends ? 1U << (abits - 1) : random_below(seed, 2 * i + 2, 1U << abits);
        kind_put(first, 8 * i, 8, w);
        kind_put(second, abits * i, abits, a);
        mpz_set_si(term, as_signed(w, 8));
        mpz_fdiv_q_2exp(term, term, 8 - leading[mode]);
        mpz_mul_2exp(term, term, 8 - leading[mode]);
        mpz_mul_si(term, term, as_signed(a, abits));
        mpz_add(sum, sum, term);
    }
    kind_put(first, 8 * path->lanes, 2, mode);
    ng_golden_result(path, first, second, NULL, &result);
    kind_field(got, &result, 0, path->sum_bits, true);
    const bool same = mpz_cmp(got, sum) == 0;
    if (!same) {
        gmp_fprintf(stderr, "nested_dot mode %u seed %lu: got %Zd expected %Zd\n", mode, (unsigned long)seed, got, sum);
    }
    mpz_clears(sum, term, got, (mpz_ptr)0);
    return same;
}

START_TEST(every_mode)
{
    static const char activations[][8] = {"int8", "int4", "int3"};
    static const unsigned lanes[] = {1, 7, 32, 64};
    tally count = {0};
    for (unsigned f = 0; f < 3; f++) {
        kind_case asked = {.kind = NG_UNIT_NESTED, .weight = "int8", .lanes = lanes[_i]};
        snprintf(asked.activation, sizeof asked.activation, "%s", activations[f]);
        const ng_datapath path = kind_path(&asked);
        for (uint64_t seed = 0; seed < VECTORS && !tally_full(&count); seed++) {
            tally_case(&count, check_vector(&path, seed, (unsigned)(seed % 4)));
        }
    }
    tally_verdict(&count, "nested_dot");
}
END_TEST

START_TEST(requests)
{
    ng_datapath path;
    char text[256];
    const kind_case served = {.kind = NG_UNIT_NESTED, .weight = "int8", .activation = "int4"};
    const kind_case narrow = {.kind = NG_UNIT_NESTED, .weight = "int4", .activation = "int4"};
    const kind_case other = {.kind = NG_UNIT_NESTED, .weight = "int8", .activation = "e4m3"};
    const kind_case many = {.kind = NG_UNIT_NESTED, .weight = "int8", .activation = "int4", .lanes = 65};
    const kind_case wide = {.kind = NG_UNIT_NESTED, .weight = "int8", .activation = "int4", .width = 4};
    ck_assert_int_eq(kind_status(&served, &path), NG_OK);
    ck_assert_uint_eq(path.first_bits, 32 * 8 + 2);
    ck_assert_uint_eq(path.second_bits, 32 * 4);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "WeightBits=8 ActivationBits=4 Lanes=32 ChainLength=8 SumBits=17 ");
    ck_assert_int_eq(kind_status(&narrow, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&other, &path), NG_NO_UNIT);
    ck_assert_int_eq(kind_status(&many, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&wide, &path), NG_BAD_WIDTH);
}
END_TEST

Suite *ng_suite_nested_dot(void);

Suite *ng_suite_nested_dot(void)
{
    Suite *suite = suite_create("nested_dot");
    TCase *tcase = golden_tcase(suite, "nested_dot");
    tcase_add_loop_test(tcase, every_mode, 0, 4);
    tcase_add_test(tcase, requests);
    return suite;
}
