/* The kind vector: a dot product whose weights come from a vector codebook, one index for `width` of them. The values of
 * a table format of up to 5 bits are read as vectors of 2, 4 or 8, one after the other. */
#include "model/parts/path.h"

enum { LANES_DEFAULT = 32, WIDTH_DEFAULT = 2, WIDTH_MOST = 8 };

ng_status ng_path_vector_init(ng_datapath *path, const ng_request *request)
{
    if (!ng_family_is_table(path->weight) || !ng_family_any_integer(path->activation) ||
        ng_family_sign(path->activation)) {
        return NG_NO_UNIT;
    }
    path->width = request->width != 0 ? request->width : WIDTH_DEFAULT;
    const unsigned lane_bits = ng_ceil_log2(path->width);
    if (path->width < 2 || path->width > WIDTH_MOST || path->width != 1U << lane_bits ||
        lane_bits >= path->weight->bits) {
        return NG_BAD_WIDTH;
    }
    path->lanes = request->lanes != 0 ? request->lanes : LANES_DEFAULT;
    if (path->lanes > NG_LANES_MAX || path->lanes % path->width != 0 || path->chain > NG_LANES_MAX) {
        return NG_BAD_LANES;
    }
    path->terms = path->lanes;
    path->first_bits = path->lanes / path->width * (path->weight->bits - lane_bits);
    path->second_bits = path->lanes * path->activation->bits;
    path->sum_bits = ng_family_exact_sum_bits(path->weight, path->activation, path->lanes);
    path->result_bits = path->sum_bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    return NG_OK;
}

void ng_path_vector_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    const unsigned lane_bits = ng_ceil_log2(path->width);
    ng_parameter_add(list, "Weight", "Bits", (int)(path->weight->bits - lane_bits));
    ng_family_table_add_digits(list, path->weight);
    ng_parameter_add(list, "", "LaneBits", (int)lane_bits);
    ng_family_add_integer(list, "Activation", path->activation);
    ng_parameter_add(list, "", "Lanes", (int)path->lanes);
    ng_parameter_add(list, "", "ChainLength", (int)path->chain);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
