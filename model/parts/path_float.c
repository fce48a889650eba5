/* The kind float: y' = fp(y + w * a) for a pair of minifloats, one rounding a step; fp32 unless --output says otherwise. */
#include "model/parts/path.h"

enum { TERM_PLACE = 512 };

static const ng_format fp32 = {
    .name = "fp32", .kind = NG_KIND_MINIFLOAT, .sign = NG_SIGN_SIGNED, .bits = 32, .exponent_bits = 8, .mantissa_bits = 23,
    .bias = 127, .specials = NG_SPECIALS_IEEE, .has_zero = true};

static bool is_register(const ng_format *format)
{
    return format->kind == NG_KIND_MINIFLOAT && format->block == 0 && format->sign == NG_SIGN_SIGNED && !format->flush &&
           format->has_zero && format->specials == NG_SPECIALS_IEEE && format->exponent_bits >= 2 &&
           format->exponent_bits <= 8 && format->mantissa_bits >= 1 && format->mantissa_bits <= 23 &&
           format->bias == (1 << (format->exponent_bits - 1)) - 1;
}

const ng_format *ng_path_register(const ng_request *request)
{
    if (request->output == NULL) {
        return &fp32;
    }
    return is_register(request->output) ? request->output : NULL;
}

/* Exponent of the smallest subnormal. */
static int register_lsb(const ng_format *format)
{
    return 1 - format->bias - (int)format->mantissa_bits;
}

int ng_path_term_place(const ng_datapath *path)
{
    return TERM_PLACE + path->lsb - register_lsb(path->output);
}

ng_status ng_path_float_init(ng_datapath *path, const ng_request *request)
{
    path->output = ng_path_register(request);
    if (path->output == NULL || !ng_family_minifloat(path->weight) || !ng_family_minifloat(path->activation)) {
        return NG_NO_UNIT;
    }
    path->terms = request->terms != 0 ? request->terms : NG_TERMS_DEFAULT;
    if (path->terms > NG_TERMS_MAX) {
        return NG_BAD_TERMS;
    }
    path->first_bits = path->weight->bits;
    path->second_bits = path->activation->bits;
    path->sum_bits = path->output->bits;
    path->flag_bits = path->weight->specials != NG_SPECIALS_NONE || path->activation->specials != NG_SPECIALS_NONE;
    path->result_bits = path->sum_bits + path->flag_bits;
    path->lsb = ng_format_lsb(path->weight) + ng_format_lsb(path->activation);
    return NG_OK;
}

/* Sums are multiples of 2^lsb, and below 2^20 of the largest products: whether they leave the register's normal numbers. */
void ng_path_float_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    const int normal = 1 - path->output->bias;
    const unsigned magnitude = ng_format_magnitude_bits(path->weight) + ng_format_magnitude_bits(path->activation);
    const int end = path->lsb + (int)magnitude + (int)ng_ceil_log2(NG_TERMS_MAX);
    ng_family_minifloat_parameters(path, list);
    ng_family_add_fields(list, "Output", path->output);
    ng_parameter_add(list, "", "TermPlace", ng_path_term_place(path));
    ng_parameter_add(list, "", "Subnormals", path->lsb < normal);
    ng_parameter_add(list, "", "Ends", end > path->output->bias);
}
