/* dyadic_convert: y = round_to_even(sum * multiplier * 2^-shift), saturated to the output integer. */
#include "model/operand.h"
#include "model/requantise.h"

void ng_dyadic_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                       ng_wide *result)
{
    const ng_wide word = {{first[0], 0, 0, 0}};
    const ng_wide sum = ng_wide_sign_extend(word, path->sum_bits);
    const ng_multiplier scale = {
        ng_operand_bits(second, 0, path->width),
        (int)ng_operand_bits(second, path->width, path->second_bits - path->width),
    };
    const int64_t end = INT64_C(1) << (path->output->bits - 1);
    const ng_requantise_rule rule = {NG_ROUND_NEAREST_EVEN, -end, end - 1, {{0, 0}, {0, 0}}};
    (void)previous;
    *result = ng_wide_truncate(ng_wide_from_int(ng_requantise_dyadic(&sum, scale, &rule)), path->output->bits);
}
