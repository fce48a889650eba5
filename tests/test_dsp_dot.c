/* The golden dsp_dot against GMP; that the fields of a block hold what model/packing.h says and not one product more, by multiplying
 * packed numbers; the circuits of a few paths. */
#include <stdio.h>

#include "model/packing.h"
#include "src/synth/synth.h"
#include "src/verify/check.h"
#include "tests/support/dsp_check.h"

enum { VECTORS = 1000, CASES = 20000 };

typedef struct {
    char weight[8];
    char activation[8];
    unsigned width;
    unsigned lanes;
} dsp_case;

static const dsp_case cases[] = {{"int8", "int8", 1, 1}, {"int8", "int8", 1, 64}, {"int8", "int8", 2, 1},  {"int8", "int8", 2, 32},
                                 {"int4", "int4", 4, 1}, {"int4", "int4", 4, 32}, {"int4", "int4", 2, 64}, {"int3", "int3", 4, 33},
                                 {"int4", "int8", 2, 9}, {"int8", "int3", 2, 5},  {"int5", "int5", 4, 3},  {"int4", "int6", 4, 16}};

static ng_datapath path_of(const dsp_case *row)
{
    kind_case asked = {.kind = NG_UNIT_DSP_DOT, .lanes = row->lanes, .width = row->width};
    snprintf(asked.weight, sizeof asked.weight, "%s", row->weight);
    snprintf(asked.activation, sizeof asked.activation, "%s", row->activation);
    return kind_path(&asked);
}

START_TEST(sums_of_products)
{
    const ng_datapath path = path_of(&cases[_i]);
    tally count = {0};
    mpz_t sums[4];
    mpz_inits(sums[0], sums[1], sums[2], sums[3], (mpz_ptr)0);
    for (uint64_t seed = 0; seed < VECTORS && !tally_full(&count); seed++) {
        uint64_t first[NG_OPERAND_LIMBS] = {0};
        uint64_t second[NG_OPERAND_LIMBS] = {0};
        ng_result result;
        for (unsigned k = 0; k < 4; k++) {
            mpz_set_ui(sums[k], 0);
        }
        dsp_draw(&path, seed, first, second);
        dsp_add(&path, first, second, sums);
        ng_golden_result(&path, first, second, NULL, &result);
        tally_case(&count, dsp_same(&path, &result, sums, seed));
    }
    mpz_clears(sums[0], sums[1], sums[2], sums[3], (mpz_ptr)0);
    tally_verdict(&count, "dsp_dot");
}
END_TEST

/* ---- packing ---- */

/* Whether packed sums of `terms` equal products come apart again: P = terms * (packed w) * (packed a) + a bias in every field, read
 * as unsigned fields less the bias. */
static bool comes_apart(const ng_packing *packing, const long w[2], const long a[2], long terms, long bias)
{
    const unsigned f = packing->field;
    const unsigned high = packing->activations == 2 ? 2 * f : f;
    const long one = 1L << f;
    const __int128 left = (__int128)w[1] * (1L << high) + w[0];
    const __int128 right = packing->activations == 2 ? (__int128)a[1] * one + a[0] : a[0];
    __int128 p = left * right * terms;
    bool same = left >= -(1L << 24) && left < 1L << 24 && right >= -(1L << 17) && right < 1L << 17;
    for (unsigned k = 0; k + 1 < 2 * packing->activations; k++) {
        p += (__int128)bias << (k * f);
    }
    for (unsigned k = 0; k < 2 * packing->activations; k++) {
        const long wanted = terms * w[packing->activations == 2 ? k / 2 : k] * a[packing->activations == 2 ? k % 2 : 0];
        const bool last = k + 1 == 2 * packing->activations;
        const long field = last ? (long)p : (long)(p & (one - 1)) - bias;
        same = same && field == wanted;
        p = (p - (p & (one - 1))) / one;
    }
    return same;
}

/* All ends of all four operands. */
static bool ends_come_apart(const ng_packing *packing, const ng_format *weight, const ng_format *activation, long terms, long bias)
{
    const long ws[3] = {-(1L << (weight->bits - 1)), (1L << (weight->bits - 1)) - 1, -1};
    const long as[3] = {-(1L << (activation->bits - 1)), (1L << (activation->bits - 1)) - 1, -1};
    bool same = true;
    for (unsigned i = 0; i < 81; i++) {
        const long w[2] = {ws[i % 3], ws[i / 3 % 3]};
        const long a[2] = {as[i / 9 % 3], as[i / 27]};
        same = same && comes_apart(packing, w, a, terms, bias);
    }
    return same;
}

/* The most is exact with the bias the circuit has, and one more is not; for the pairs named in the documents, with no bias. */
START_TEST(fields_are_full)
{
    unsigned served = 0;
    for (unsigned w = 3; w <= 8; w++) {
        for (unsigned a = 3; a <= 8; a++) {
            for (unsigned products = 2; products <= 4; products += 2) {
                char name[2][8];
                ng_packing packing;
                snprintf(name[0], sizeof name[0], "int%u", w);
                snprintf(name[1], sizeof name[1], "int%u", a);
                const ng_format *weight = ng_format_find(name[0]);
                const ng_format *activation = ng_format_find(name[1]);
                if (!ng_packing_init(&packing, weight, activation, products)) {
                    continue;
                }
                const long bias = (1L << (packing.field - 1)) - 1;
                ck_assert_msg(ends_come_apart(&packing, weight, activation, packing.most, bias), "%s x %s", name[0], name[1]);
                served++;
                const bool named = w == a && (w == 8 || (w == 4 && products == 4));
                for (long other = named ? 0 : bias; packing.most < NG_LANES_MAX && other < 1L << packing.field; other++) {
                    ck_assert_msg(!ends_come_apart(&packing, weight, activation, packing.most + 1, other), "%s x %s: one more fits",
                                  name[0], name[1]);
                    other = named ? other : 1L << packing.field;
                }
            }
        }
    }
    ck_assert_uint_ge(served, 36);
}
END_TEST

START_TEST(packings)
{
    ng_packing packing;
    ck_assert(ng_packing_init(&packing, ng_format_find("int8"), ng_format_find("int8"), 2));
    ck_assert_uint_eq(packing.field, 16);
    ck_assert_uint_eq(packing.most, 2);
    ck_assert(ng_packing_init(&packing, ng_format_find("int4"), ng_format_find("int4"), 4));
    ck_assert_uint_eq(packing.field, 10);
    ck_assert_uint_eq(packing.most, 8);
    ck_assert(!ng_packing_init(&packing, ng_format_find("int8"), ng_format_find("int8"), 4));
    ck_assert(!ng_packing_init(&packing, ng_format_find("int4"), ng_format_find("int4"), 3));
}
END_TEST

START_TEST(requests)
{
    ng_datapath path;
    char text[256];
    const kind_case int8 = {.kind = NG_UNIT_DSP_DOT, .weight = "int8", .activation = "int8"};
    const kind_case int4 = {.kind = NG_UNIT_DSP_DOT, .weight = "int4", .activation = "int4"};
    const kind_case wide = {.kind = NG_UNIT_DSP_DOT, .weight = "int8", .activation = "int8", .width = 4};
    const kind_case odd = {.kind = NG_UNIT_DSP_DOT, .weight = "int4", .activation = "int4", .width = 3};
    const kind_case many = {.kind = NG_UNIT_DSP_DOT, .weight = "int8", .activation = "int8", .lanes = 65};
    const kind_case other = {.kind = NG_UNIT_DSP_DOT, .weight = "int8", .activation = "e4m3"};
    const kind_case plain = {.kind = NG_UNIT_NESTED, .weight = "int8", .activation = "int8"};
    ck_assert_int_eq(kind_status(&int8, &path), NG_OK);
    ck_assert_uint_eq(path.width, 2);
    ck_assert_uint_eq(path.first_bits, 32 * 16);
    ck_assert_uint_eq(path.second_bits, 32 * 8);
    ck_assert_uint_eq(path.result_bits, 2 * path.sum_bits);
    ck_assert_uint_eq(ng_datapath_dsps(&path), 32);
    kind_parameters(&path, text, sizeof text);
    ck_assert_str_eq(text, "WeightBits=8 ActivationBits=8 Products=2 Lanes=32 ChainLength=2 SumBits=21 ");
    ck_assert_int_eq(kind_status(&int4, &path), NG_OK);
    ck_assert_uint_eq(path.width, 4);
    ck_assert_uint_eq(path.chain, 8);
    ck_assert_int_eq(kind_status(&plain, &path), NG_OK);
    ck_assert_uint_eq(ng_datapath_dsps(&path), 0);
    ck_assert_int_eq(kind_status(&wide, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&odd, &path), NG_BAD_WIDTH);
    ck_assert_int_eq(kind_status(&many, &path), NG_BAD_LANES);
    ck_assert_int_eq(kind_status(&other, &path), NG_NO_UNIT);
}
END_TEST

/* Chains that the lanes do not fill, one chain, fields wider than the sum. */
START_TEST(netlists)
{
    static const dsp_case rows[] = {{"int4", "int4", 4, 11}, {"int8", "int8", 2, 5}, {"int3", "int3", 2, 2}};
    const ng_target *target = ng_target_find("xc7");
    const ng_datapath path = path_of(&rows[_i]);
    ng_synthesis made;
    ng_verdict verdict = {0};
    ng_error error;
    ck_assert_msg(ng_synthesise(&path, target, "rtl", &made, &error), "%s", error.text);
    ck_assert_msg(ng_check_netlist(&path, target, made.netlist, 1, CASES, &verdict, &error), "%s", error.text);
    ck_assert_uint_ge(verdict.cases, CASES);
    ck_assert_msg(verdict.mismatches == 0, "%s", verdict.first);
}
END_TEST

Suite *ng_suite_dsp_dot(void);

Suite *ng_suite_dsp_dot(void)
{
    Suite *suite = suite_create("dsp_dot");
    TCase *tcase = golden_tcase(suite, "dsp_dot");
    tcase_add_loop_test(tcase, sums_of_products, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, fields_are_full);
    tcase_add_test(tcase, packings);
    tcase_add_test(tcase, requests);
    tcase_add_loop_test(tcase, netlists, 0, 3);
    return suite;
}
