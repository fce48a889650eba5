/* block_exact_accumulate: y = previous + sum * 2^scale modulo 2^width, the sum and scale those of a block's dot product. */
#include "model/big.h"
#include "model/operand.h"

static void load(ng_big *total, const ng_datapath *path, const ng_result *previous)
{
    ng_big_zero(total, path->width);
    for (unsigned position = 0; previous != NULL && position < path->width; position += 64) {
        const unsigned count = path->width - position < 64 ? path->width - position : 64;
        const uint64_t mask = count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
        const ng_wide part = {{previous->limb[position / 64] & mask, 0, 0, 0}};
        ng_big_add_wide(total, &part, position);
    }
}

static void store(const ng_big *total, const ng_datapath *path, bool flag, ng_result *result)
{
    *result = (ng_result){{0}};
    for (unsigned position = 0; position < path->width; position++) {
        result->limb[position / 64] |= total->limb[position / 64] & UINT64_C(1) << (position % 64);
    }
    if (flag) {
        result->limb[path->width / 64] |= UINT64_C(1) << (path->width % 64);
    }
}

void ng_block_exact_accumulate(const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                               const ng_result *previous, ng_result *result)
{
    const ng_wide term = {{first[0], first[1], 0, 0}};
    const ng_wide block = ng_wide_sign_extend(term, path->sum_bits);
    const unsigned scale = (unsigned)ng_wide_bits(&term, path->sum_bits, path->scale_bits);
    const bool flag = ng_wide_bits(&term, path->sum_bits + path->scale_bits, path->flag_bits) != 0;
    const bool before =
        previous != NULL && path->flag_bits != 0 && (previous->limb[path->width / 64] >> (path->width % 64) & 1) != 0;
    ng_big total;
    (void)second;
    load(&total, path, previous);
    ng_big_add_wide(&total, &block, scale);
    store(&total, path, flag || before, result);
}
