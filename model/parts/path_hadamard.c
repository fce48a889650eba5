/* The kind hadamard: the Walsh-Hadamard transform of `lanes` integers of the activation format. */
#include "model/parts/path.h"

enum { POINTS_DEFAULT = 16, POINTS_MOST = 32 };

ng_status ng_path_hadamard_init(ng_datapath *path, const ng_request *request)
{
    if (!ng_family_integer(path->activation) || path->activation->block != 0) {
        return NG_NO_UNIT;
    }
    path->lanes = request->lanes != 0 ? request->lanes : POINTS_DEFAULT;
    if (path->lanes < 2 || path->lanes > POINTS_MOST || (path->lanes & (path->lanes - 1)) != 0) {
        return NG_BAD_LANES;
    }
    path->terms = path->lanes;
    path->sum_bits = path->activation->bits + ng_ceil_log2(path->lanes);
    path->first_bits = path->lanes * path->activation->bits;
    path->result_bits = path->lanes * path->sum_bits;
    path->lsb = ng_format_lsb(path->activation);
    return NG_OK;
}

void ng_path_hadamard_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "", "Points", (int)path->lanes);
    ng_parameter_add(list, "", "PointBits", (int)path->activation->bits);
}
