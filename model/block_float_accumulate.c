/* block_float_accumulate: y = fp(previous + sum * 2^(scale + lsb)), the sum and scale those of a block's dot product. */
#include "model/operand.h"
#include "model/precision.h"

void ng_block_float_accumulate(const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                               const ng_wide *previous, ng_wide *result)
{
    const ng_float_rule rule = {{path->output->exponent_bits, path->output->mantissa_bits}, NG_ROUND_NEAREST_EVEN,
                                NG_OVERFLOW_INFINITE, {0, 0}};
    const ng_wide term = {{first[0], first[1], 0, 0}};
    const ng_wide block = ng_wide_sign_extend(term, path->sum_bits);
    const int scale = (int)ng_wide_bits(&term, path->sum_bits, path->scale_bits);
    const bool flag = ng_wide_bits(&term, path->sum_bits + path->scale_bits, path->flag_bits) != 0;
    const bool before = previous != NULL && ng_wide_bits(previous, path->output->bits, path->flag_bits) != 0;
    const ng_float state = ng_float_from_bits(&rule.precision, previous != NULL ? previous->limb[0] : 0);
    ng_big addend;
    (void)second;
    ng_big_zero(&addend, NG_WIDE_BITS);
    ng_big_add_wide(&addend, &block, 0);
    const ng_float sum = ng_float_add(&rule, &state, &addend, scale + path->lsb);
    *result = ng_wide_from_int(0);
    ng_wide_put(result, 0, path->output->bits, ng_float_bits(&rule.precision, &sum));
    ng_wide_put(result, path->output->bits, path->flag_bits, flag || before);
}
