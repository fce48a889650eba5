/* Codebooks and APoT weights of up to 5 bits, integers of at most 7 bits and a sign in units of their lsb, times
 * minifloats:
 * the circuit looks up a sign and a magnitude and goes on as the family mixed. */
#include "model/parts/family.h"

enum { MAGNITUDE_MAX = 7 };

/* The code that is looked up: a sign above the bits of the largest magnitude. */
static ng_format looked_up(const ng_format *weight)
{
    return (ng_format){.kind = NG_KIND_INTEGER,
                       .bits = ng_bit_length((uint64_t)ng_family_table_largest(weight)) + 1,
                       .has_zero = true,
                       .sign = NG_SIGN_SIGN_MAGNITUDE};
}

bool ng_family_lookup_serves(const ng_format *weight, const ng_format *activation)
{
    if ((weight->kind != NG_KIND_CODEBOOK && weight->kind != NG_KIND_APOT) || activation->kind != NG_KIND_MINIFLOAT ||
        !ng_family_is_table(weight)) {
        return false;
    }
    const ng_format code = looked_up(weight);
    return code.bits <= MAGNITUDE_MAX + 1 && ng_family_mixed_serves(&code, activation);
}

unsigned ng_family_lookup_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    const ng_format code = looked_up(weight);
    return ng_family_mixed_sum_bits(&code, activation, terms);
}

void ng_family_lookup_derive(ng_datapath *path)
{
    (void)path;
}

void ng_family_lookup_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    const ng_format code = looked_up(path->weight);
    ng_datapath inner = *path;
    inner.weight = &code;
    ng_parameter_add(list, "", "IndexBits", (int)path->weight->bits);
    ng_family_table_add_values(list, path->weight);
    ng_family_mixed_parameters(&inner, list);
}
