#include "src/quantize/pair.h"

#include <math.h>

#include "model/encode.h"
#include "src/quantize/grid.h"

enum { INTEGER_BITS_MOST = 8 };

bool ng_has_circuit(const ng_format *weight, const ng_format *activation)
{
    ng_family family;
    return ng_pair_family(weight, activation, &family) == NG_OK;
}

/* What stands beyond the borders of an image. */
static bool has_zero(const ng_format *format)
{
    return !(fabs(ng_decode_double(format, ng_encode_double(format, 0))) > 0);
}

bool ng_pair_check(const ng_format *weight, const ng_format *activation, ng_error *error)
{
    if (activation->block == 0 && ng_has_circuit(weight, activation) && !has_zero(activation)) {
        return ng_fail(error, NG_EXIT_USAGE, "activations of %s have no zero, which layers read beyond an image's borders",
                       activation->name);
    }
    return ng_is_exact_pair(weight, activation) ||
           ng_fail(error, NG_EXIT_USAGE, "no datapath multiplies %s by %s", weight->name, activation->name);
}

bool ng_is_exact_pair(const ng_format *weight, const ng_format *activation)
{
    if (weight->block != 0 || activation->block != 0) {
        return ng_has_circuit(weight, activation);
    }
    return ng_grid_serves(weight) && ng_grid_serves(activation) && has_zero(activation) &&
           (ng_has_circuit(weight, activation) || (weight->kind == NG_KIND_APOT && activation->kind == NG_KIND_INTEGER &&
                                                   activation->bits <= INTEGER_BITS_MOST));
}

unsigned ng_exact_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    ng_grid weights;
    ng_grid activations;
    if (ng_has_circuit(weight, activation)) {
        return ng_sum_bits(weight, activation, terms);
    }
    ng_grid_init(&weights, weight);
    ng_grid_init(&activations, activation);
    return (unsigned)ilogb(terms * ng_grid_reach(&weights) * ng_grid_reach(&activations)) + 2;
}
