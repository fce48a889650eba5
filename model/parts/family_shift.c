/* Power-of-two weights of 2 to 6 bits, with a zero or without, and signed integers of 3 to 8 bits. */
#include "model/parts/family.h"

bool ng_family_shift_serves(const ng_format *weight, const ng_format *activation)
{
    return weight->kind == NG_KIND_SHIFT && weight->sign == NG_SIGN_SIGNED && weight->bits >= 2 && weight->bits <= 6 &&
           weight->block == 0 && activation->block == 0 && ng_family_integer(activation);
}

unsigned ng_family_shift_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_power_sum_bits(weight, activation, terms);
}

void ng_family_shift_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_shift_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Weight", "Bits", (int)path->weight->bits);
    ng_parameter_add(list, "Weight", "HasZero", path->weight->has_zero);
    ng_parameter_add(list, "Activation", "Bits", (int)path->activation->bits);
}
