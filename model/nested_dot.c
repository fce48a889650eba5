/* nested_dot: y = sum over lanes of a[i] * value of the leading bits of w[i] (TRUNCATE of model/nested.h), in units of the
 * int8 weight.
 *
 * The two mode bits above the weights say how many bits lead: 0: 2, 1: 4, 2 and 3: 8. */
#include "model/nested.h"
#include "model/operand.h"

void ng_nested_dot(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                   ng_wide *result)
{
    static const unsigned leading[4] = {2, 4, NG_NESTED_BITS, NG_NESTED_BITS};
    const unsigned bits = leading[ng_operand_bits(first, path->lanes * path->weight->bits, 2)];
    const unsigned abits = path->activation->bits;
    int64_t sum = 0;
    (void)previous;
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        const uint32_t code = ng_operand_bits(first, lane * NG_NESTED_BITS, NG_NESTED_BITS);
        const ng_number w = ng_nested_decode(ng_nested_slice(code, bits, NG_NESTED_TRUNCATE), bits, NG_NESTED_TRUNCATE);
        const ng_number a = ng_decode_finite(path->activation, ng_operand_bits(second, lane * abits, abits));
        sum += w.significand * a.significand;
    }
    *result = ng_wide_truncate(ng_wide_from_int(sum), path->sum_bits);
}
