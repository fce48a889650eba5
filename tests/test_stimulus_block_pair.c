/* Pairs of a register and a term: they fit, and together hold what they promise: every distance, every length of a sum that is left,
 * a single one in every place beside a tie, of either sign and parity. */
#include <check.h>
#include <gmp.h>
#include <stdlib.h>

#include "src/verify/stimulus_block_pair.h"

enum { PAIRS = 200000, LENGTHS = 64 };

static const char *const subjects[][2] = {
    {"mxfp8_e4m3", "e5m2ieee"}, {"mxfp4", NULL}, {"mxint8", "fp16"}, {"bfp_m8k32", "bf16"}, {"nvfp4", NULL}, {"mxfp6_e3m2", "bf16"},
};
enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

static ng_datapath subject(int row)
{
    const ng_format *format = ng_format_find(subjects[row][0]);
    const ng_request request = {.kind = NG_UNIT_BLOCK_FLOAT,
                                .weight = format,
                                .activation = format,
                                .output = subjects[row][1] != NULL ? ng_format_find(subjects[row][1]) : NULL};
    ng_datapath path;
    ck_assert_int_eq(ng_datapath_init(&path, &request), NG_OK);
    return path;
}

static int length_of(uint64_t number)
{
    int length = 0;
    for (; number != 0; number >>= 1) {
        length++;
    }
    return length;
}

static void check_fit(const ng_datapath *path, const ng_block_pair *pair)
{
    const int smallest = 1 - path->output->bias - (int)path->output->mantissa_bits;
    ck_assert_uint_ne(pair->before.size, 0);
    ck_assert_int_le(length_of(pair->before.size), (int)path->output->mantissa_bits + 1);
    ck_assert_int_ge(pair->before.unit, smallest);
    ck_assert_int_le(pair->before.unit + length_of(pair->before.size) - 1, path->output->bias);
    ck_assert_int_lt(length_of(pair->term.size), (int)path->sum_bits);
}

START_TEST(fits)
{
    const ng_datapath path = subject(_i);
    for (uint64_t index = 0; index < PAIRS; index++) {
        const ng_block_pair pair = ng_block_pair_of(&path, 3, index);
        const ng_block_pair beside = ng_block_pair_beside(&path, 3, index);
        check_fit(&path, &pair);
        check_fit(&path, &beside);
    }
}
END_TEST

/* number * 2^-unit */
static void set(mpz_t value, const ng_block_number *number, int unit)
{
    mpz_set_ui(value, number->size);
    mpz_mul_2exp(value, value, (mp_bitcnt_t)(number->unit - unit));
    if (number->negative) {
        mpz_neg(value, value);
    }
}

/* Both numbers' sum, in units of the lower one's bit 0. */
static int add(mpz_t sum, const ng_block_pair *pair)
{
    const int unit = pair->before.unit < pair->term.unit ? pair->before.unit : pair->term.unit;
    mpz_t term;
    mpz_init(term);
    set(sum, &pair->before, unit);
    set(term, &pair->term, unit);
    mpz_add(sum, sum, term);
    mpz_clear(term);
    return unit;
}

/* Distances from the register's leading one to the sum's: from as deep as a term reaches to beyond its length. */
START_TEST(every_distance)
{
    const ng_datapath path = subject(_i);
    const int bits = (int)path.sum_bits;
    const int most = bits + (int)path.output->mantissa_bits;
    bool seen[2 * LENGTHS + 64] = {false};
    mpz_t sum;
    mpz_init(sum);
    for (uint64_t index = 0; index < PAIRS; index++) {
        const ng_block_pair pair = ng_block_pair_of(&path, 1, index);
        const int unit = add(sum, &pair);
        const int leading = unit + (int)mpz_sizeinbase(sum, 2) - 1;
        const int distance = leading - pair.before.unit - length_of(pair.before.size) + 1;
        if (mpz_sgn(sum) != 0 && distance >= -bits && distance <= most) {
            seen[distance + LENGTHS] = true;
        }
    }
    mpz_clear(sum);
    for (int distance = 1 - bits; distance <= most; distance++) {
        ck_assert_msg(seen[distance + LENGTHS], "%s: no sum lies %d above the register", subjects[_i][0], distance);
    }
}
END_TEST

/* What a pair leaves: its length, and a tie with a one more or less. */
typedef struct {
    int length;
    int place;
    bool less;
    bool odd;
} left_over;

/* False if the sum is no tie of `kept` digits and a one. */
static bool read_left_over(const mpz_t sum, int kept, left_over *left)
{
    left->length = (int)mpz_sizeinbase(sum, 2);
    const int below = left->length - kept - 1;
    if (below < 2) {
        return false;
    }
    mpz_t rest;
    mpz_init(rest);
    mpz_tdiv_r_2exp(rest, sum, (mp_bitcnt_t)below);
    const bool half = mpz_tstbit(sum, (mp_bitcnt_t)below) != 0;
    left->less = !half;
    if (!half) {
        mpz_ui_pow_ui(rest, 2, (unsigned long)below);
        mpz_t low;
        mpz_init(low);
        mpz_tdiv_r_2exp(low, sum, (mp_bitcnt_t)below);
        mpz_sub(rest, rest, low);
        mpz_clear(low);
    }
    left->odd = mpz_tstbit(sum, (mp_bitcnt_t)below + 1) != 0;
    const bool single = mpz_sgn(rest) != 0 && mpz_popcount(rest) == 1;
    left->place = single ? (int)mpz_scan1(rest, 0) : 0;
    mpz_clear(rest);
    return single && left->place < below;
}

/* Beside a power of two above all of a term: wherever the sum's leading one can lie in the register's range, and wherever below the tie
 * a one can. */
START_TEST(every_one_beside_a_tie)
{
    const ng_datapath path = subject(0);
    const int bits = (int)path.sum_bits - 1;
    const int kept = (int)path.output->mantissa_bits + 1;
    static unsigned seen[LENGTHS][LENGTHS][2][2][2];
    int least = LENGTHS;
    mpz_t sum;
    mpz_init(sum);
    for (uint64_t index = 0; index < PAIRS; index++) {
        const ng_block_pair pair = ng_block_pair_beside(&path, 1, index);
        const int unit = add(sum, &pair);
        left_over left;
        const bool negative = mpz_sgn(sum) < 0;
        ck_assert_int_eq(negative, pair.before.negative);
        ck_assert_int_ne(negative, pair.term.negative);
        mpz_abs(sum, sum);
        const bool normal = unit + (int)mpz_sizeinbase(sum, 2) - 1 >= 1 - path.output->bias;
        if (normal && read_left_over(sum, kept, &left)) {
            seen[left.length][left.place][left.less][left.odd][negative]++;
            least = left.length < least ? left.length : least;
        }
    }
    mpz_clear(sum);
    ck_assert_int_le(least, bits / 2);
    for (int length = least + 1; length <= bits; length++) {
        for (int place = 0; place < length - kept - 2; place++) {
            for (int i = 0; i < 8; i++) {
                ck_assert_msg(seen[length][place][i & 1][i >> 1 & 1][i >> 2] != 0, "no tie of %d bits with a one at %d (%d)", length,
                              place, i);
            }
        }
    }
}
END_TEST

Suite *ng_suite_stimulus_block_pair(void);

Suite *ng_suite_stimulus_block_pair(void)
{
    Suite *suite = suite_create("stimulus_block_pair");
    TCase *pairs = tcase_create("pairs");
    tcase_set_timeout(pairs, 120);
    tcase_add_loop_test(pairs, fits, 0, SUBJECTS);
    tcase_add_loop_test(pairs, every_distance, 0, SUBJECTS);
    tcase_add_test(pairs, every_one_beside_a_tie);
    suite_add_tcase(suite, pairs);
    return suite;
}
