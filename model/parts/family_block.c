/* Blocks of up to 64 elements under one 8-bit scale: integers, or minifloats and integers of a sign and a
 * magnitude, the two operands' widths any. */
#include "model/parts/family.h"

/* What the elements of both sides have to be alike. A sign and a magnitude are a minifloat whose one exponent bit is the
 * magnitude's first. */
typedef enum { NO_ELEMENT, INTEGER, FLOAT } element;

static element element_of(const ng_format *format)
{
    ng_format scalar = *format;
    scalar.block = 0;
    scalar.scale = NG_SCALE_NONE;
    if (ng_family_sign_magnitude(format) || ng_family_minifloat(&scalar)) {
        return FLOAT;
    }
    return ng_family_integer(&scalar) ? INTEGER : NO_ELEMENT;
}

bool ng_family_block_serves(const ng_format *weight, const ng_format *activation)
{
    return weight->block != 0 && weight->block <= NG_LANES_MAX && weight->block == activation->block &&
           weight->scale == activation->scale && element_of(weight) != NO_ELEMENT &&
           element_of(weight) == element_of(activation);
}

unsigned ng_family_block_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return element_of(weight) == FLOAT ? ng_family_float_sum_bits(weight, activation, terms)
                                       : ng_family_power_sum_bits(weight, activation, terms);
}

void ng_family_block_derive(ng_datapath *path)
{
    if (path->unit->kind == NG_UNIT_MUL && element_of(path->weight) == FLOAT) {
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
    ng_parameter_add(list, role, "ExponentBits", (int)ng_family_exponent_bits(format));
    ng_parameter_add(list, role, "MantissaBits", (int)ng_family_mantissa_bits(format));
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
