#include "src/verify/rounding_record.h"

#include "model/round.h"

void ng_rounding_record(json_t *record, const ng_datapath *path)
{
    const bool quantise = path->unit->kind == NG_UNIT_QUANTISE;
    if (quantise) {
        (void)json_object_set_new(record, "rule", json_string(ng_scale_rule_name(path->rule)));
    }
    if (quantise || path->unit->kind == NG_UNIT_WINDOW) {
        (void)json_object_set_new(record, "rounding", json_string(ng_rounding_name(path->rounding)));
    }
}
