/* The kind block_float: y' = fp(y + sum * 2^scale), a block's dot product as the term; fp32 unless --output says otherwise. */
#include "model/parts/path.h"

enum { PRODUCT_SCALE_BITS = NG_SCALE_PRODUCT_BITS + NG_SCALE_SHIFT_BITS, PRODUCT_LSB = -18, SUM_BITS_MOST = 55 };

bool ng_path_block_term(ng_datapath *path, const ng_request *request)
{
    ng_datapath dot;
    const ng_request asked = {.kind = NG_UNIT_DOT, .weight = request->weight, .activation = request->activation};
    if (request->weight->block == 0 || ng_datapath_init(&dot, &asked) != NG_OK || dot.sum_bits > SUM_BITS_MOST) {
        return false;
    }
    const bool product = request->weight->scale == NG_SCALE_UE4M3;
    if (dot.scale_bits != (product ? PRODUCT_SCALE_BITS : NG_SCALE_SUM_BITS)) {
        return false;
    }
    path->lanes = dot.lanes;
    path->sum_bits = dot.sum_bits;
    path->scale_bits = dot.scale_bits;
    path->flag_bits = dot.flag_bits;
    path->first_bits = dot.result_bits;
    path->lsb = dot.lsb + (product ? PRODUCT_LSB : -2 * NG_SCALE_BIAS);
    return true;
}

ng_block_value ng_path_block_value(const ng_datapath *path, const uint64_t *word)
{
    const ng_wide term = {{word[0], word[1], 0, 0}};
    const unsigned product = path->scale_bits == PRODUCT_SCALE_BITS ? NG_SCALE_PRODUCT_BITS : 0;
    ng_block_value made = {
        .significand = ng_wide_sign_extend(term, path->sum_bits),
        .shift = (unsigned)ng_wide_bits(&term, path->sum_bits + product, path->scale_bits - product),
        .flag = ng_wide_bits(&term, path->sum_bits + path->scale_bits, path->flag_bits) != 0,
    };
    if (product != 0) {
        const uint64_t factor = ng_wide_bits(&term, path->sum_bits, product);
        made.significand = ng_wide_multiply(made.significand, ng_wide_from_int((int64_t)factor));
    }
    return made;
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
    ng_parameter_add(list, "", "ScaleProduct", path->weight->scale == NG_SCALE_UE4M3);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
