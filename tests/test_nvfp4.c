/* NVFP4: the tensor scale, and the integers of its dot product against rationals. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/block_encode.h"
#include "model/nvfp4.h"
#include "model/scale.h"
#include "tests/ref/ref_dot.h"
#include "tests/support/golden_check.h"
#include "tests/support/random.h"
#include "tests/support/wide_check.h"

enum { SEED = 4, LENGTH = 16, SCALE_CODES = 128 };

/* Elements under UE4M3 in both forms: NVFP4 and other minifloats. */
typedef struct {
    ng_format format;
    ref_block ref;
    float tensor;
} operand;

static void open_operand(operand *o, const char *element, float tensor)
{
    o->format = *ng_format_find(element);
    o->format.block = LENGTH;
    o->format.scale = NG_SCALE_UE4M3;
    o->tensor = tensor;
    ref_block_init(&o->ref, ref_table_named(element), LENGTH, REF_SCALE_UE4M3, tensor);
}

static bool same_float(float a, float b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

/* Units of the last place of the aligned sum: 2^(lsb_x + lsb_y - 18) times both tensor scales. */
static void unit(mpq_t value, const operand *x, const operand *y)
{
    mpq_set_ui(value, 1, 1);
    mpq_div_2exp(value, value, (mp_bitcnt_t)(-x->ref.table->lsb - y->ref.table->lsb - NG_NVFP4_LSB));
    mpq_mul(value, value, x->ref.tensor);
    mpq_mul(value, value, y->ref.tensor);
}

static void fill(uint16_t *codes, uint32_t limit, uint64_t seed, uint64_t index)
{
    for (unsigned i = 0; i < LENGTH; i++) {
        codes[i] = (uint16_t)random_below(seed, index * LENGTH + i, limit);
    }
}

/* Bits of two's complement a number needs. */
static unsigned width_of(const mpz_t number)
{
    mpz_t magnitude;
    mpz_init(magnitude);
    if (mpz_sgn(number) < 0) {
        mpz_com(magnitude, number);
    } else {
        mpz_set(magnitude, number);
    }
    const unsigned width = mpz_sgn(magnitude) == 0 ? 1 : (unsigned)mpz_sizeinbase(magnitude, 2) + 1;
    mpz_clear(magnitude);
    return width;
}

static const char *const second_elements[] = {"e2m1", "e2m3", "e3m2"};

/* Every pair of scale codes: the fields, the aligned integer and its width. */
START_TEST(every_scale)
{
    static operand x;
    static operand y;
    tally count = {0};
    mpq_t expected;
    mpz_t got;
    mpq_init(expected);
    mpz_init(got);
    open_operand(&x, "e2m1", 1);
    open_operand(&y, second_elements[_i], 1);
    const unsigned width = ng_nvfp4_sum_bits(&x.format, &y.format, 1);
    for (uint32_t pair = 0; pair < SCALE_CODES * SCALE_CODES; pair++) {
        uint16_t x_codes[LENGTH];
        uint16_t y_codes[LENGTH];
        const uint32_t x_scale = pair / SCALE_CODES;
        const uint32_t y_scale = pair % SCALE_CODES;
        fill(x_codes, x.ref.table->codes, SEED, pair);
        fill(y_codes, y.ref.table->codes, SEED + 1, pair);
        const ng_nvfp4_product p = ng_nvfp4_multiply(&x.format, x_scale, x_codes, &y.format, y_scale, y_codes);
        if (x_scale == SCALE_CODES - 1 || y_scale == SCALE_CODES - 1) {
            tally_case(&count, p.nan);
            continue;
        }
        ref_sum sum;
        ref_sum_init(&sum);
        ref_dot(&x.ref, x_scale, x_codes, &y.ref, y_scale, y_codes, &sum);
        unit(expected, &x, &y);
        mpq_div(expected, sum.number, expected);
        const ng_wide aligned = ng_nvfp4_aligned(&p);
        wide_to_signed(got, &aligned);
        tally_case(&count, !p.nan && p.scale <= 225 && p.shift <= NG_NVFP4_SHIFT_MOST);
        tally_case(&count, mpz_cmp_ui(mpq_denref(expected), 1) == 0 && mpz_cmp(mpq_numref(expected), got) == 0);
        tally_case(&count, width_of(got) <= width);
        ref_sum_clear(&sum);
    }
    ref_block_clear(&x.ref);
    ref_block_clear(&y.ref);
    mpz_clear(got);
    mpq_clear(expected);
    tally_verdict(&count, second_elements[_i]);
}
END_TEST

/* The extreme products of `blocks` blocks, both signs, fit the formula's width; in-block sums fit P. */
START_TEST(widths)
{
    tally count = {0};
    mpz_t sum;
    mpz_init(sum);
    for (int negative = 0; negative < 2; negative++) {
        uint16_t x_codes[LENGTH];
        uint16_t y_codes[LENGTH];
        ng_format format = *ng_format_find("e2m1");
        format.block = LENGTH;
        format.scale = NG_SCALE_UE4M3;
        for (unsigned i = 0; i < LENGTH; i++) {
            x_codes[i] = 0x7;
            y_codes[i] = negative ? 0xF : 0x7;
        }
        const ng_nvfp4_product p = ng_nvfp4_multiply(&format, 0x7E, x_codes, &format, 0x7E, y_codes);
        ck_assert_int_eq(p.products, negative ? -2304 : 2304);
        ck_assert_uint_eq(p.scale, 14 * 14);
        ck_assert_uint_eq(p.shift, NG_NVFP4_SHIFT_MOST);
        const ng_wide aligned = ng_nvfp4_aligned(&p);
        for (uint32_t blocks = 1; blocks <= 1U << 20; blocks = blocks * 2 + blocks % 3) {
            wide_to_signed(sum, &aligned);
            mpz_mul_ui(sum, sum, blocks);
            tally_case(&count, width_of(sum) <= ng_nvfp4_sum_bits(&format, &format, blocks));
        }
        ck_assert_uint_eq(ng_nvfp4_sum_bits(&format, &format, 1), 49);
        ck_assert_uint_eq(ng_nvfp4_sum_bits(&format, &format, 288), 58);
    }
    mpz_clear(sum);
    tally_verdict(&count, "nvfp4 widths");
}
END_TEST

/* Quantise two tensors as the recipe does, add up their blocks, and compare the rounded result. */
START_TEST(whole_dot_products)
{
    enum { TENSORS = 200, BLOCKS = 6 };
    tally count = {0};
    for (uint64_t index = 0; index < TENSORS; index++) {
        static operand sides[2];
        static float values[2][BLOCKS * LENGTH];
        uint16_t codes[2][LENGTH];
        uint32_t scales[2];
        ng_wide sum = ng_wide_from_int(0);
        ref_sum expected;
        ref_sum_init(&expected);
        for (unsigned side = 0; side < 2; side++) {
            const int anywhere = (int)random_below(SEED, index * 2 + side, 60) - 30;
            const int centre = index % 10 == 0 ? -140 : index % 10 == 1 ? 110 : anywhere;
            float largest = 0;
            for (unsigned i = 0; i < BLOCKS * LENGTH; i++) {
                const uint64_t at = (index * 2 + side) * BLOCKS * LENGTH + i;
                const int spread = i / LENGTH % 2 == 0 ? 12 : 3;
                values[side][i] = (float)random_double(SEED + 2, at, centre - spread, centre + 1);
                largest = fmaxf(largest, fabsf(values[side][i]));
            }
            open_operand(&sides[side], "e2m1", ng_nvfp4_tensor_scale(largest));
        }
        for (unsigned block = 0; block < BLOCKS; block++) {
            for (unsigned side = 0; side < 2; side++) {
                scales[side] = ng_block_encode_under(&sides[side].format, sides[side].tensor,
                                                     values[side] + block * LENGTH, NG_RULE_ROUND, codes[side]);
            }
            const ng_nvfp4_product p =
                ng_nvfp4_multiply(&sides[0].format, scales[0], codes[0], &sides[1].format, scales[1], codes[1]);
            sum = ng_wide_add(sum, ng_nvfp4_aligned(&p));
            ref_dot(&sides[0].ref, scales[0], codes[0], &sides[1].ref, scales[1], codes[1], &expected);
        }
        const float got = ng_nvfp4_result(&sides[0].format, &sides[1].format, &sum, sides[0].tensor, sides[1].tensor);
        const float right = ref_sum_to_float(&expected);
        if (!tally_case(&count, same_float(got, right)) && !tally_full(&count)) {
            fprintf(stderr, "nvfp4 tensor %lu: got %a expected %a\n", (unsigned long)index, (double)got, (double)right);
        }
        ref_sum_clear(&expected);
        ref_block_clear(&sides[0].ref);
        ref_block_clear(&sides[1].ref);
    }
    tally_verdict(&count, "nvfp4 dot products");
}
END_TEST

/* fp32(largest / 2688): nearest by MPFR; and the largest value becomes the largest element under the largest scale. */
START_TEST(tensor_scale)
{
    tally count = {0};
    MPFR_DECL_INIT(quotient, 400);
    for (uint64_t i = 0; i < 4000; i++) {
        const bool tiny = i % 4 == 0;
        const float largest = fabsf((float)random_double(SEED + 3, i, tiny ? -149 : -40, tiny ? -120 : 128));
        if (largest <= 0 || isinf(largest)) {
            continue;
        }
        const float got = ng_nvfp4_tensor_scale(largest);
        mpfr_set_flt(quotient, largest, MPFR_RNDN);
        mpfr_div_ui(quotient, quotient, 2688, MPFR_RNDN);
        const float expected = mpfr_get_flt(quotient, MPFR_RNDN);
        tally_case(&count, same_float(got, expected > 0 ? expected : FLT_TRUE_MIN));
        if (got >= FLT_MIN) {
            ng_format format = *ng_format_find("e2m1");
            const float values[LENGTH] = {largest / 3, -largest};
            uint16_t codes[LENGTH];
            format.block = LENGTH;
            format.scale = NG_SCALE_UE4M3;
            const uint32_t scale = ng_block_encode_under(&format, got, values, NG_RULE_ROUND, codes);
            tally_case(&count, scale == ng_scale_largest(NG_SCALE_UE4M3) && codes[1] == 0xF);
        }
    }
    ck_assert(same_float(ng_nvfp4_tensor_scale(2688), 1));
    ck_assert(same_float(ng_nvfp4_tensor_scale(1), 0x1.861862p-12F));
    ck_assert(same_float(ng_nvfp4_tensor_scale(0x1p-149F), 0x1p-149F));
    static const float odd[] = {0, -1, NAN, INFINITY, -INFINITY};
    for (unsigned i = 0; i < 5; i++) {
        ck_assert(same_float(ng_nvfp4_tensor_scale(odd[i]), 1));
    }
    tally_verdict(&count, "nvfp4 tensor scales");
}
END_TEST

START_TEST(result_of_odd_scales)
{
    const ng_format *e2m1 = ng_format_find("e2m1");
    const ng_wide one = ng_wide_from_int(1);
    const ng_wide none = ng_wide_from_int(0);
    ck_assert(isnan(ng_nvfp4_result(e2m1, e2m1, &one, NAN, 1)));
    ck_assert(isnan(ng_nvfp4_result(e2m1, e2m1, &one, 1, INFINITY)));
    ck_assert(same_float(ng_nvfp4_result(e2m1, e2m1, &one, 1, -1), -0x1p-20F));
    ck_assert(same_float(ng_nvfp4_result(e2m1, e2m1, &none, -1, 1), 0.0F));
    ck_assert(same_float(ng_nvfp4_result(e2m1, e2m1, &one, FLT_MAX, FLT_MAX), INFINITY));
}
END_TEST

Suite *ng_suite_nvfp4(void);

Suite *ng_suite_nvfp4(void)
{
    Suite *suite = suite_create("nvfp4");
    TCase *tcase = golden_tcase(suite, "nvfp4");
    tcase_add_loop_test(tcase, every_scale, 0, 3);
    tcase_add_test(tcase, widths);
    tcase_add_test(tcase, whole_dot_products);
    tcase_add_test(tcase, tensor_scale);
    tcase_add_test(tcase, result_of_odd_scales);
    return suite;
}
