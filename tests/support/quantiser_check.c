#include "tests/support/quantiser_check.h"

#include <math.h>

#include "tests/support/random.h"

int64_t quantiser_sum(const ng_datapath *path, uint64_t run, unsigned lane, uint64_t control)
{
    static const int64_t edges[] = {3, 45, 181, 127, 7, 53, 11585, 51, 57, 63}; /* L, L / sqrt(2), multiples of 3 */
    const uint64_t word = random_bits(GOLDEN_SEED + run, lane + 1);
    const unsigned length = (unsigned)(word >> 40) % path->width;
    const unsigned cap = (unsigned)(control >> 8) % path->width;
    const int64_t size = (int64_t)(word & ((UINT64_C(1) << (length < cap ? length : cap)) - 1));
    const int64_t most = INT64_C(1) << (path->width - 1);
    if (run % 8 == 0 && lane == 3) {
        return -most;
    }
    if (run % 4 == 1) {
        const int64_t edge = (edges[control >> 20 & 7] << (control >> 24 & 3)) + (int64_t)(control >> 28) % 3 - 1;
        const int64_t last = edge < most ? edge : most - 1;
        return lane == 5 ? last : size % last;
    }
    return run % 8 == 2 ? 0 : (word >> 60 & 1) != 0 ? size : -size;
}

void quantiser_check(const ng_datapath *path, const ref_block *ref, const quantiser_block *block, tally *count)
{
    uint64_t words[2][NG_OPERAND_LIMBS] = {{0}};
    double values[NG_LANES_MAX];
    ng_result result;
    mpz_t got;
    mpq_t largest;
    mpq_t size;
    const ref_options options = {.rounding = (ref_rounding)path->rounding, .random_bits = 1};
    mpz_init(got);
    mpq_inits(largest, size, NULL);
    for (unsigned i = 0; i < path->lanes; i++) {
        values[i] = ldexp((double)block->sums[i], block->lsb);
        mpq_set_d(size, fabs(values[i]));
        if (mpq_cmp(size, largest) > 0) {
            mpq_set(largest, size);
        }
        kind_put(words[0], i * path->width, path->width, (uint64_t)block->sums[i]);
    }
    kind_put(words[1], 0, path->second_bits, (uint64_t)block->lsb);
    const uint32_t scale = ref_block_scale(ref, largest, (ref_rule)path->rule);
    ng_golden_result(path, words[0], words[1], NULL, &result);
    for (unsigned i = 0; i < path->lanes; i++) {
        kind_field(got, &result, i * path->output->bits, path->output->bits, false);
        (void)tally_case(count, mpz_cmp_ui(got, ref_block_element(ref, scale, values[i], &options)) == 0);
    }
    kind_field(got, &result, path->lanes * path->output->bits, path->scale_bits, false);
    (void)tally_case(count, mpz_cmp_ui(got, scale) == 0);
    mpz_clear(got);
    mpq_clears(largest, size, NULL);
}
