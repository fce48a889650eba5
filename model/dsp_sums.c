#include "model/dsp_sums.h"

#include "model/operand.h"
#include "model/packing.h"

/* Lane's code of vector `which` of several. */
static int64_t value_at(const ng_format *format, const uint64_t *word, unsigned lane, unsigned vectors, unsigned which)
{
    return ng_operand_value(format, ng_operand_bits(word, (lane * vectors + which) * format->bits, format->bits)).significand;
}

ng_wide ng_dsp_sums(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous)
{
    ng_packing packing;
    ng_wide packed = {{0}};
    if (!ng_packing_init(&packing, path->weight, path->activation, path->width)) {
        return packed;
    }
    for (unsigned k = 0; k < path->width; k++) {
        int64_t sum = 0;
        for (unsigned lane = 0; lane < path->lanes; lane++) {
            sum += value_at(path->weight, first, lane, packing.weights, k % packing.weights) *
                   value_at(path->activation, second, lane, packing.activations, k / packing.weights);
        }
        const uint64_t before = previous != NULL ? ng_wide_bits(previous, k * path->sum_bits, path->sum_bits) : 0;
        ng_wide_put(&packed, k * path->sum_bits, path->sum_bits, before + (uint64_t)sum);
    }
    return packed;
}
