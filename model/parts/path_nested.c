/* The kind nested: a dot product of int8 weights of which the leading 8, 4 or 2 bits count, as a mode beside them says. */
#include "model/nested.h"
#include "model/parts/path.h"

enum { LANES_DEFAULT = 32, MODE_BITS = 2 };

ng_status ng_path_nested_init(ng_datapath *path, const ng_request *request)
{
    if (path->weight->block != 0 || path->activation->block != 0 || !ng_family_integer(path->weight) ||
        path->weight->bits != NG_NESTED_BITS || !ng_family_integer(path->activation)) {
        return NG_NO_UNIT;
    }
    path->lanes = request->lanes != 0 ? request->lanes : LANES_DEFAULT;
    if (path->lanes > NG_LANES_MAX || path->chain > NG_LANES_MAX) {
        return NG_BAD_LANES;
    }
    if (request->width != 0) {
        return NG_BAD_WIDTH;
    }
    path->terms = path->lanes;
    path->first_bits = path->lanes * path->weight->bits + MODE_BITS;
    path->second_bits = path->lanes * path->activation->bits;
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->lanes);
    path->result_bits = path->sum_bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    return NG_OK;
}

void ng_path_nested_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_family_integer_parameters(path, list);
    ng_parameter_add(list, "", "Lanes", (int)path->lanes);
    ng_parameter_add(list, "", "ChainLength", (int)path->chain);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
