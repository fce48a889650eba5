#include "src/cost/convert_back.h"

#include <stddef.h>

/* A product of minifloats is {sign, exponent, significand}: no sum, before it is aligned. */
static bool is_unaligned(const ng_datapath *path)
{
    return path->unit->kind == NG_UNIT_MUL &&
           path->sum_bits != ng_sum_bits(path->weight, path->activation, path->terms);
}

/* A block of sums like the datapath's under one common scale, into the activation's block format by its default rule. */
static const char *block_convert(const ng_datapath *path, ng_datapath *convert)
{
    const ng_request request = {
        .kind = NG_UNIT_QUANTISE,
        .weight = path->weight,
        .activation = path->activation,
        .width = path->sum_bits,
        .rule = ng_scale_rule_default(path->activation),
    };
    switch (ng_datapath_init(convert, &request)) {
    case NG_OK: return NULL;
    case NG_BAD_WIDTH: return "sum_too_wide";
    default: return "no_quantiser";
    }
}

unsigned ng_convert_share(const ng_datapath *convert)
{
    return convert->unit->kind == NG_UNIT_QUANTISE ? convert->lanes : 1;
}

const char *ng_convert_of(const ng_datapath *path, ng_datapath *convert)
{
    const ng_request request = {
        .kind = NG_UNIT_CONVERT,
        .weight = path->weight,
        .activation = path->activation,
        .terms = path->terms,
    };
    if (is_unaligned(path)) {
        return "product_unaligned";
    }
    if (path->weight->block != 0) {
        return block_convert(path, convert);
    }
    return ng_datapath_init(convert, &request) == NG_OK ? NULL : "no_unit";
}
