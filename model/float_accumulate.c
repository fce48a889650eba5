/* float_accumulate: y = fp(previous + w * a), the product exact; {IEEE 754 pattern, flag}. */
#include "model/operand.h"
#include "model/precision.h"
#include "model/term.h"

void ng_float_accumulate(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                         ng_wide *result)
{
    const ng_float_rule rule = {{path->output->exponent_bits, path->output->mantissa_bits}, NG_ROUND_NEAREST_EVEN,
                                NG_OVERFLOW_INFINITE, {0, 0}};
    const ng_term term =
        ng_term_product(path->weight, ng_operand_bits(first, 0, path->weight->bits), path->activation,
                        ng_operand_bits(second, 0, path->activation->bits));
    const ng_float before = ng_float_from_bits(&rule.precision, previous != NULL ? previous->limb[0] : 0);
    const bool flag = previous != NULL && ng_wide_bits(previous, path->sum_bits, path->flag_bits) != 0;
    ng_big addend;
    ng_big_zero(&addend, NG_WIDE_BITS);
    ng_big_add_wide(&addend, &term.significand, 0);
    const ng_float sum = ng_float_add(&rule, &before, &addend, term.exponent);
    *result = ng_wide_from_int(0);
    ng_wide_put(result, 0, path->sum_bits, ng_float_bits(&rule.precision, &sum));
    ng_wide_put(result, path->sum_bits, path->flag_bits, flag || term.special);
}
