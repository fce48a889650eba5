/* Weights that are a sign, binary or ternary, with or without a shift, times integers; powers of two times unsigned ones. */
#include "model/parts/family.h"

/* rtl/parts/sign_weight.sv */
typedef enum { ZERO_IN_FIELD = 0, BINARY = 1, TERNARY = 2 } form;

static form form_of(const ng_format *weight)
{
    if (weight->kind == NG_KIND_INTEGER || weight->sign == NG_SIGN_TERNARY) {
        return TERNARY;
    }
    return weight->has_zero ? ZERO_IN_FIELD : BINARY;
}

bool ng_family_sign_serves(const ng_format *weight, const ng_format *activation)
{
    const bool power = weight->kind == NG_KIND_SHIFT && weight->block == 0 && weight->bits <= 6;
    return (power || ng_family_sign(weight)) && ng_family_any_integer(activation) && !ng_family_sign(activation);
}

unsigned ng_family_sign_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    return ng_family_exact_sum_bits(weight, activation, terms);
}

void ng_family_sign_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_sign_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    ng_parameter_add(list, "Weight", "Form", (int)form_of(path->weight));
    ng_parameter_add(list, "Weight", "Bits", (int)path->weight->bits);
    ng_family_add_integer(list, "Activation", path->activation);
}
