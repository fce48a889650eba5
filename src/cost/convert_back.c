#include "src/cost/convert_back.h"

#include <stddef.h>

/* A block of sums like the datapath's under one common scale, into the activation's block format. */
static bool block_convert(const ng_datapath *path, ng_datapath *convert)
{
    const ng_request request = {
        .kind = NG_UNIT_QUANTISE,
        .weight = path->weight,
        .activation = path->activation,
        .width = path->sum_bits,
    };
    return path->unit->kind != NG_UNIT_MUL && ng_datapath_init(convert, &request) == NG_OK;
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
    if (path->weight->block != 0) {
        return block_convert(path, convert) ? NULL : "block_format";
    }
    if (path->unit->kind == NG_UNIT_MUL && path->unit->family == NG_FAMILY_MINIFLOAT) {
        return "product_unaligned";
    }
    return ng_datapath_init(convert, &request) == NG_OK ? NULL : "no_unit";
}
