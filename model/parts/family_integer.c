/* Two's complement integers of 3 to 8 bits, any two widths. */
#include "model/parts/family.h"

bool ng_family_integer_serves(const ng_format *weight, const ng_format *activation)
{
    return weight->block == 0 && activation->block == 0 && ng_family_integer(weight) && ng_family_integer(activation);
}

unsigned ng_family_integer_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_power_sum_bits(weight, activation, terms);
}

void ng_family_integer_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_integer_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Weight", "Bits", (int)path->weight->bits);
    ng_parameter_add(list, "Activation", "Bits", (int)path->activation->bits);
}
