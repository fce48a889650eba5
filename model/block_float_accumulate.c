/* block_float_accumulate: y = fp(previous + term), the term a block's dot product under both scales. */
#include "model/parts/path.h"
#include "model/precision.h"

void ng_block_float_accumulate(const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                               const ng_wide *previous, ng_wide *result)
{
    const ng_float_rule rule = {{path->output->exponent_bits, path->output->mantissa_bits}, NG_ROUND_NEAREST_EVEN,
                                NG_OVERFLOW_INFINITE, {0, 0}};
    const ng_block_value term = ng_path_block_value(path, first);
    const bool before = previous != NULL && ng_wide_bits(previous, path->output->bits, path->flag_bits) != 0;
    const ng_float state = ng_float_from_bits(&rule.precision, previous != NULL ? previous->limb[0] : 0);
    ng_big addend;
    (void)second;
    ng_big_zero(&addend, NG_WIDE_BITS);
    ng_big_add_wide(&addend, &term.significand, 0);
    const ng_float sum = ng_float_add(&rule, &state, &addend, (int)term.shift + path->lsb);
    *result = ng_wide_from_int(0);
    ng_wide_put(result, 0, path->output->bits, ng_float_bits(&rule.precision, &sum));
    ng_wide_put(result, path->output->bits, path->flag_bits, term.flag || before);
}
