#include "src/cost/convert_back.h"

#include <stddef.h>

const char *ng_convert_of(const ng_datapath *path, ng_datapath *convert)
{
    const ng_request request = {
        .kind = NG_UNIT_CONVERT,
        .weight = path->weight,
        .activation = path->activation,
        .terms = path->terms,
    };
    if (path->weight->block != 0) {
        return "block_format";
    }
    if (path->unit->kind == NG_UNIT_MUL && path->unit->family == NG_FAMILY_MINIFLOAT) {
        return "product_unaligned";
    }
    return ng_datapath_init(convert, &request) == NG_OK ? NULL : "no_unit";
}
