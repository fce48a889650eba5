#include "model/convert.h"

#include "model/encode.h"

ng_wide ng_convert(const ng_datapath *path, const uint64_t *first, const uint64_t *second)
{
    ng_wide sum = {{first[0], first[1], first[2], first[3]}};
    sum = ng_wide_sign_extend(sum, path->sum_bits);
    const int shift = (int)ng_operand_bits(second, 0, path->second_bits);
    return ng_wide_from_int(ng_encode(path->output, &sum, ng_format_lsb(path->output) - shift));
}
