/* The words of the kind quantise around ng_block_quantise(). */
#include "model/block_quantise.h"
#include "model/operand.h"
#include "model/parts/path.h"

static ng_wide sum_at(const uint64_t *word, unsigned position, unsigned bits)
{
    ng_wide sum = {{0}};
    for (unsigned done = 0; done < bits; done += 32) {
        const unsigned count = bits - done < 32 ? bits - done : 32;
        ng_wide_put(&sum, done, count, ng_operand_bits(word, position + done, count));
    }
    return ng_wide_sign_extend(sum, bits);
}

void ng_path_quantise_words(const ng_datapath *path, const uint64_t *first, const uint64_t *second, ng_result *result)
{
    ng_wide sums[NG_LANES_MAX];
    uint16_t codes[NG_LANES_MAX];
    const ng_wide lsb_word = {{second[0], 0, 0, 0}};
    const ng_wide lsb = ng_wide_sign_extend(lsb_word, path->second_bits);
    for (unsigned i = 0; i < path->lanes; i++) {
        sums[i] = sum_at(first, i * path->width, path->width);
    }
    const ng_encode_options options = {.rounding = path->rounding, .random_bits = 1};
    const uint32_t scale =
        ng_block_quantise(path->output, sums, (int)(int64_t)lsb.limb[0], false, path->rule, &options, codes);
    *result = (ng_result){{0}};
    for (unsigned i = 0; i < path->lanes; i++) {
        ng_operand_put(result->limb, i * path->output->bits, path->output->bits, codes[i]);
    }
    ng_operand_put(result->limb, path->lanes * path->output->bits, path->scale_bits, scale);
}
