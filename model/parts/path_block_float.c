/* The kind block_float: y' = fp(y + sum * 2^scale), a block's dot product as the term; fp32 unless --output says otherwise. */
#include "model/parts/path.h"

bool ng_path_block_term(ng_datapath *path, const ng_request *request)
{
    ng_datapath dot;
    const ng_request asked = {.kind = NG_UNIT_DOT, .weight = request->weight, .activation = request->activation};
    if (request->weight->block == 0 || ng_datapath_init(&dot, &asked) != NG_OK || dot.scale_bits != NG_SCALE_SUM_BITS ||
        dot.sum_bits > 63) {
        return false;
    }
    path->lanes = dot.lanes;
    path->sum_bits = dot.sum_bits;
    path->scale_bits = dot.scale_bits;
    path->flag_bits = dot.flag_bits;
    path->first_bits = dot.result_bits;
    path->lsb = dot.lsb - 2 * NG_SCALE_BIAS;
    return true;
}

ng_status ng_path_block_float_init(ng_datapath *path, const ng_request *request)
{
    path->output = ng_path_register(request);
    if (path->output == NULL || !ng_path_block_term(path, request)) {
        return NG_NO_UNIT;
    }
    path->result_bits = path->output->bits + path->flag_bits;
    return NG_OK;
}

void ng_path_block_float_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_family_add_fields(list, "Output", path->output);
    ng_parameter_add(list, "", "TermPlace", ng_path_term_place(path));
    ng_parameter_add(list, "", "FlagBits", (int)path->flag_bits);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
