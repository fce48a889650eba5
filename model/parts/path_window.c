/* The kind window: a dot product of minifloats in a window of `width` bits (model/window.h), cut toward zero or rounded. */
#include "model/parts/path.h"

enum { WIDTH_DEFAULT = 16, WIDTH_LEAST = 3, WIDTH_MOST = 64, LANES_DEFAULT = 32 };

/* Largest exponent field as the aligner counts it: one-bit fields never shift. */
static unsigned field_most(const ng_format *format)
{
    return format->exponent_bits == 1 ? 0 : (1U << format->exponent_bits) - 1;
}

/* A term that is rounded may become 2^width. */
static unsigned sum_bits(const ng_datapath *path)
{
    return path->rounding == NG_ROUND_TOWARD_ZERO ? path->width + ng_ceil_log2(path->lanes) + 1
                                                  : path->width + ng_bit_length(path->lanes) + 1;
}

ng_status ng_path_window_init(ng_datapath *path, const ng_request *request)
{
    if (!ng_family_minifloat(path->weight) || !ng_family_minifloat(path->activation)) {
        return NG_NO_UNIT;
    }
    path->lanes = request->lanes != 0 ? request->lanes : LANES_DEFAULT;
    path->width = request->width != 0 ? request->width : WIDTH_DEFAULT;
    if (path->lanes > NG_LANES_MAX || path->chain > NG_LANES_MAX) {
        return NG_BAD_LANES;
    }
    if (path->width < WIDTH_LEAST || path->width > WIDTH_MOST) {
        return NG_BAD_WIDTH;
    }
    const unsigned most = field_most(path->weight) + field_most(path->activation);
    path->terms = path->lanes;
    path->first_bits = path->lanes * path->weight->bits;
    path->second_bits = path->lanes * path->activation->bits;
    path->rounding = request->rounding != 0 ? (ng_rounding)(request->rounding - 1) : NG_ROUND_TOWARD_ZERO;
    path->sum_bits = sum_bits(path);
    path->scale_bits = most == 0 ? 1 : ng_bit_length(most);
    path->flag_bits = path->weight->specials != NG_SPECIALS_NONE || path->activation->specials != NG_SPECIALS_NONE;
    path->result_bits = path->sum_bits + path->scale_bits + path->flag_bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    return NG_OK;
}

void ng_path_window_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_family_minifloat_parameters(path, list);
    ng_parameter_add(list, "", "Lanes", (int)path->lanes);
    ng_parameter_add(list, "", "ChainLength", (int)path->chain);
    ng_parameter_add(list, "", "WindowBits", (int)path->width);
    ng_parameter_add(list, "", "SumBits", (int)path->sum_bits);
    if (path->rounding != NG_ROUND_TOWARD_ZERO) {
        ng_parameter_add(list, "", "Rounding", (int)path->rounding);
    }
}
