/* The kind block_exact: y' = y + sum * 2^scale in a register that holds `terms` products under any scales. */
#include "model/parts/path.h"
#include "model/block_term.h"

enum { TERMS_DEFAULT = 1024, RESULT_BITS_MOST = 64 * NG_RESULT_LIMBS };

/* Both scales together move a sum by that many bits at most. */
static unsigned range_bits(ng_scale scale)
{
    return 2 * ng_scale_range_bits(scale);
}

ng_status ng_path_block_exact_init(ng_datapath *path, const ng_request *request)
{
    if (!ng_path_block_term(path, request)) {
        return NG_NO_UNIT;
    }
    path->terms = request->terms != 0 ? request->terms : TERMS_DEFAULT;
    if (path->terms < path->lanes || path->terms > NG_TERMS_MAX) {
        return NG_BAD_TERMS;
    }
    path->width = ng_sum_bits(path->weight, path->activation, path->terms) + range_bits(path->weight->scale);
    path->result_bits = path->width + path->flag_bits;
    return path->result_bits <= RESULT_BITS_MOST ? NG_OK : NG_BAD_TERMS;
}

void ng_path_block_exact_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "", "FlagBits", (int)path->flag_bits);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
    ng_parameter_add(list, "", "TotalBits", (int)path->width);
}
