/* The golden vector_dot against sums of the oracle's values: one index names the values of neighbouring codes. */
#include <stdio.h>

#include "tests/support/kind_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { VECTORS = 500 };

static const kind_case cases[] = {
    {.kind = NG_UNIT_VECTOR, .weight = "apot4k2", .activation = "int8"},
    {.kind = NG_UNIT_VECTOR, .weight = "apot5k2", .activation = "uint8", .lanes = 16, .width = 4},
    {.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int4", .lanes = 64, .width = 8},
    {.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int8", .lanes = 2, .width = 2},
};

static unsigned log2_of(unsigned value)
{
    unsigned bits = 0;
    while (value > 1U << bits) {
        bits++;
    }
    return bits;
}

static bool check_vector(const ng_datapath *path, uint64_t seed)
{
    const ref_table *weight = ref_table_named(path->weight->name);
    const ref_table *activation = ref_table_named(path->activation->name);
    const unsigned bits = path->weight->bits - log2_of(path->width);
    uint64_t first[NG_OPERAND_LIMBS] = {0};
    uint64_t second[NG_OPERAND_LIMBS] = {0};
    uint32_t index = 0;
    ng_result result;
    mpz_t got, expected;
    MPFR_DECL_INIT(sum, REF_SUM_PRECISION);
    MPFR_DECL_INIT(product, REF_SUM_PRECISION);
    mpfr_set_zero(sum, 1);
    mpz_inits(got, expected, (mpz_ptr)0);
    for (unsigned i = 0; i < path->lanes; i++) {
        const uint32_t a = random_below(seed, 2 * i, activation->codes);
        if (i % path->width == 0) {
            index = random_below(seed, 2 * i + 1, 1U << bits);
            kind_put(first, i / path->width * bits, bits, index);
        }
        kind_put(second, i * path->activation->bits, path->activation->bits, a);
        ref_exact(mpfr_mul(product, weight->value[index * path->width + i % path->width].number,
                           activation->value[a].number, MPFR_RNDN));
        ref_exact(mpfr_add(sum, sum, product, MPFR_RNDN));
    }
    ref_exact(mpfr_mul_2si(sum, sum, -path->lsb, MPFR_RNDN));
    ref_exact(mpfr_get_z(expected, sum, MPFR_RNDN));
    ng_golden_result(path, first, second, NULL, &result);
    kind_field(got, &result, 0, path->sum_bits, true);
    const bool same = mpz_cmp(got, expected) == 0;
    if (!same) {
        gmp_fprintf(stderr, "vector_dot seed %lu: got %Zd expected %Zd\n", (unsigned long)seed, got, expected);
    }
    mpz_clears(got, expected, (mpz_ptr)0);
    return same;
}

START_TEST(random_indices)
{
    tally count = {0};
    const ng_datapath path = kind_path(&cases[_i]);
    for (uint64_t seed = 0; seed < VECTORS && !tally_full(&count); seed++) {
        tally_case(&count, check_vector(&path, seed));
    }
    tally_verdict(&count, cases[_i].weight);
}
END_TEST

START_TEST(requests)
{
    static const struct {
        kind_case asked;
        ng_status status;
    } rows[] = {
        {{.kind = NG_UNIT_VECTOR, .weight = "int8", .activation = "int8"}, NG_NO_UNIT},
        {{.kind = NG_UNIT_VECTOR, .weight = "nf4", .activation = "int8"}, NG_NO_UNIT},
        {{.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "e4m3"}, NG_NO_UNIT},
        {{.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int8", .width = 3}, NG_BAD_WIDTH},
        {{.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int8", .width = 16}, NG_BAD_WIDTH},
        {{.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int8", .lanes = 3}, NG_BAD_LANES},
        {{.kind = NG_UNIT_VECTOR, .weight = "e2m1", .activation = "int8", .lanes = 66}, NG_BAD_LANES},
    };
    ng_datapath path;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_int_eq(kind_status(&rows[i].asked, &path), rows[i].status);
    }
    path = kind_path(&cases[1]);
    ck_assert_uint_eq(path.first_bits, 4 * 3);
    ck_assert_uint_eq(path.second_bits, 16 * 8);
}
END_TEST

Suite *ng_suite_vector_dot(void);

Suite *ng_suite_vector_dot(void)
{
    Suite *suite = suite_create("vector_dot");
    TCase *tcase = golden_tcase(suite, "vector_dot");
    tcase_add_loop_test(tcase, random_indices, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, requests);
    return suite;
}
