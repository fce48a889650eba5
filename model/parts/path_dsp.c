/* The kinds dsp_dot and dsp_mac: sums of products in DSP blocks, `width` products a block. */
#include "model/packing.h"
#include "model/parts/path.h"

enum { LANES_DEFAULT = 32, SUM_BITS_MOST = 48 };

/* The products a block takes: those asked for, or the most that fit. */
static ng_status pack(ng_datapath *path, unsigned asked, ng_packing *packing)
{
    if (path->weight->block != 0 || path->activation->block != 0 || !ng_family_integer(path->weight) ||
        !ng_family_integer(path->activation) || path->weight->bits > 8 || path->activation->bits > 8) {
        return NG_NO_UNIT;
    }
    path->width = asked != 0 ? asked : 4;
    while (asked == 0 && !ng_packing_init(packing, path->weight, path->activation, path->width)) {
        path->width /= 2;
    }
    return ng_packing_init(packing, path->weight, path->activation, path->width) ? NG_OK : NG_BAD_WIDTH;
}

static void derive_words(ng_datapath *path, const ng_packing *packing)
{
    path->first_bits = path->lanes * packing->weights * path->weight->bits;
    path->second_bits = path->lanes * packing->activations * path->activation->bits;
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->terms);
    path->result_bits = path->width * path->sum_bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
}

ng_status ng_path_dsp_dot_init(ng_datapath *path, const ng_request *request)
{
    ng_packing packing;
    const ng_status status = pack(path, request->width, &packing);
    if (status != NG_OK) {
        return status;
    }
    path->lanes = request->lanes != 0 ? request->lanes : LANES_DEFAULT;
    path->chain = request->chain != 0 ? request->chain : packing.most;
    if (path->lanes > NG_LANES_MAX || path->chain > packing.most) {
        return NG_BAD_LANES;
    }
    path->terms = path->lanes;
    derive_words(path, &packing);
    return NG_OK;
}

ng_status ng_path_dsp_mac_init(ng_datapath *path, const ng_request *request)
{
    ng_packing packing;
    const ng_status status = pack(path, request->width, &packing);
    if (status != NG_OK) {
        return status;
    }
    /* A block that sums has no input left for a cascade. */
    const unsigned most = path->width == 1 ? 1 : packing.most;
    path->lanes = request->lanes != 0 ? request->lanes : most < LANES_DEFAULT ? most : LANES_DEFAULT;
    path->chain = path->lanes;
    if (path->lanes > most) {
        return NG_BAD_LANES;
    }
    path->terms = request->terms != 0 ? request->terms : NG_TERMS_DEFAULT;
    if (path->terms > NG_TERMS_MAX || path->terms < path->lanes) {
        return NG_BAD_TERMS;
    }
    derive_words(path, &packing);
    return path->sum_bits <= SUM_BITS_MOST ? NG_OK : NG_BAD_TERMS;
}

static void add_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_family_integer_parameters(path, list);
    ng_parameter_add(list, "", "Products", (int)path->width);
    ng_parameter_add(list, "", "Lanes", (int)path->lanes);
}

void ng_path_dsp_dot_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_parameters(path, list);
    ng_parameter_add(list, "", "ChainLength", (int)path->chain);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}

void ng_path_dsp_mac_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_parameters(path, list);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
}
