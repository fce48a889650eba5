/* Minifloats of 3 to 8 bits with a mantissa and subnormals, any two; special codes raise the flag. */
#include "model/parts/family.h"

bool ng_family_minifloat_serves(const ng_format *weight, const ng_format *activation)
{
    return ng_family_minifloat(weight) && ng_family_minifloat(activation);
}

unsigned ng_family_minifloat_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_float_sum_bits(weight, activation, terms);
}

void ng_family_minifloat_derive(ng_datapath *path)
{
    if (path->unit->kind == NG_UNIT_MUL) {
        path->sum_bits = ng_unaligned_bits(path->weight, path->activation);
    }
}

static void add_format(ng_parameter_list *list, const char *role, const ng_format *format)
{
    ng_family_add_fields(list, role, format);
    ng_parameter_add(list, role, "Specials", (int)format->specials);
}

void ng_family_minifloat_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    add_format(list, "Weight", path->weight);
    add_format(list, "Activation", path->activation);
}
