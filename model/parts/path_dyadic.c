/* The kind dyadic: y = sum * multiplier * 2^-shift as an integer code, the multiplier of `width` bits. */
#include "model/parts/path.h"

enum { WIDTH_DEFAULT = 16, WIDTH_LEAST = 2, WIDTH_MOST = 32, SUM_BITS_MOST = 64 };

ng_status ng_path_sums(ng_datapath *path, const ng_request *request)
{
    const unsigned block = path->weight->block;
    ng_family family;
    path->output = request->output != NULL ? request->output : path->activation;
    if (ng_pair_family(path->weight, path->activation, &family) != NG_OK || path->output->block != 0) {
        return NG_NO_UNIT;
    }
    path->terms = request->terms != 0 ? request->terms : block != 0 ? block : NG_TERMS_DEFAULT;
    if (path->terms > NG_TERMS_MAX) {
        return NG_BAD_TERMS;
    }
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->terms);
    path->first_bits = path->sum_bits;
    path->result_bits = path->output->bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    return path->sum_bits <= SUM_BITS_MOST ? NG_OK : NG_BAD_TERMS;
}

ng_status ng_path_dyadic_init(ng_datapath *path, const ng_request *request)
{
    const ng_status status = ng_path_sums(path, request);
    if (status != NG_OK) {
        return status;
    }
    if (!ng_family_integer(path->output)) {
        return NG_NO_UNIT;
    }
    path->width = request->width != 0 ? request->width : WIDTH_DEFAULT;
    if (path->width < WIDTH_LEAST || path->width > WIDTH_MOST) {
        return NG_BAD_WIDTH;
    }
    path->second_bits = path->width + ng_ceil_log2(path->sum_bits + path->width);
    return NG_OK;
}

void ng_path_dyadic_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Output", "Bits", (int)path->output->bits);
    ng_parameter_add(list, "", "MultiplierBits", (int)path->width);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
