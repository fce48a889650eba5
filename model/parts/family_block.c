/* Blocks of up to 64 elements under one 8-bit scale: signed integers, or minifloats, the two operands' widths any. */
#include "model/parts/family.h"

/* The element as a scalar of the same bits. */
static bool is_element(const ng_format *format)
{
    ng_format scalar = *format;
    scalar.block = 0;
    scalar.scale = NG_SCALE_NONE;
    return ng_family_integer(&scalar) || ng_family_minifloat(&scalar);
}

bool ng_family_block_serves(const ng_format *weight, const ng_format *activation)
{
    return weight->block != 0 && weight->block <= NG_LANES_MAX && weight->block == activation->block &&
           weight->scale == activation->scale && weight->kind == activation->kind &&
           is_element(weight) && is_element(activation);
}

unsigned ng_family_block_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return weight->kind == NG_KIND_MINIFLOAT ? ng_family_float_sum_bits(weight, activation, terms)
                                             : ng_family_power_sum_bits(weight, activation, terms);
}

void ng_family_block_derive(ng_datapath *path)
{
    if (path->unit->kind == NG_UNIT_MUL && path->weight->kind == NG_KIND_MINIFLOAT) {
        path->sum_bits = ng_unaligned_bits(path->weight, path->activation);
    }
    path->scale_bits = path->weight->scale == NG_SCALE_UE4M3 ? NG_SCALE_PRODUCT_BITS + NG_SCALE_SHIFT_BITS
                                                             : NG_SCALE_SUM_BITS;
    path->first_bits += NG_SCALE_BITS;
    path->second_bits += NG_SCALE_BITS;
}

static void add_element(ng_parameter_list *list, const char *role, const ng_format *format)
{
    ng_parameter_add(list, role, "Bits", (int)format->bits);
    ng_family_add_fields(list, role, format);
}

/* What the plain blocks lack is named only where it is there, so that their circuits keep their parameters. */
static void add_other(ng_parameter_list *list, const char *name, unsigned value)
{
    if (value != 0) {
        ng_parameter_add(list, "", name, (int)value);
    }
}

void ng_family_block_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_element(list, "Weight", path->weight);
    add_element(list, "Activation", path->activation);
    ng_parameter_add(list, "", "ScaleHasNan", path->weight->scale != NG_SCALE_BIASED8);
    add_other(list, "WeightSpecials", (unsigned)path->weight->specials);
    add_other(list, "ActivationSpecials", (unsigned)path->activation->specials);
    add_other(list, "ScaleProduct", path->weight->scale == NG_SCALE_UE4M3);
}
