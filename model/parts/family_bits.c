/* Signs on both sides: binary (0 is +1, 1 is -1) and ternary ones. */
#include "model/parts/family.h"

bool ng_family_bits_serves(const ng_format *weight, const ng_format *activation)
{
    return ng_family_sign(weight) && ng_family_sign(activation);
}

unsigned ng_family_bits_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_exact_sum_bits(weight, activation, terms);
}

void ng_family_bits_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_bits_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Weight", "Bits", (int)path->weight->bits);
    ng_parameter_add(list, "Activation", "Bits", (int)path->activation->bits);
}
