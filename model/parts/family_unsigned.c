/* Integers of up to 8 bits that the family integer lacks: unsigned ones and those of two bits, with any other integer. */
#include "model/parts/family.h"

bool ng_family_unsigned_serves(const ng_format *weight, const ng_format *activation)
{
    return ng_family_any_integer(weight) && ng_family_any_integer(activation) && !ng_family_sign(weight) &&
           !ng_family_sign(activation);
}

unsigned ng_family_unsigned_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_exact_sum_bits(weight, activation, terms);
}

void ng_family_unsigned_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_unsigned_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_family_add_integer(list, "Weight", path->weight);
    ng_family_add_integer(list, "Activation", path->activation);
}
