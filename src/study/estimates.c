#include "src/study/estimates.h"

#include <string.h>

#include "src/estimate/estimate.h"

static unsigned field(const json_t *cost, const char *name)
{
    return (unsigned)json_integer_value(json_object_get(cost, name));
}

/* The datapath a cost record is about. */
static bool path_of(const ng_pair *pair, const json_t *cost, ng_datapath *path)
{
    const char *unit = json_string_value(json_object_get(cost, "unit"));
    for (size_t i = 0; unit != NULL && ng_unit_at(i) != NULL; i++) {
        const ng_unit *row = ng_unit_at(i);
        if (strcmp(row->name, unit) == 0 && row->kind != NG_UNIT_CONVERT) {
            const bool dot = row->kind == NG_UNIT_DOT;
            const ng_request request = {.kind = row->kind, .weight = pair->weight, .activation = pair->activation,
                                        .lanes = dot ? field(cost, "lanes") : 0, .terms = dot ? 0 : field(cost, "terms"),
                                        .chain = field(cost, "chain")};
            return ng_datapath_init(path, &request) == NG_OK;
        }
    }
    return false;
}

void ng_estimates_add(const ng_pair *pair, json_t *cost)
{
    ng_datapath path;
    ng_estimate estimate;
    const char *name = json_string_value(json_object_get(cost, "target"));
    const ng_target *target = name != NULL ? ng_target_find(name) : NULL;
    if (target != NULL && path_of(pair, cost, &path) && ng_estimate_of(&path, target, &estimate)) {
        (void)json_object_set_new(cost, "estimate",
                                  json_pack("{s:f, s:f}", "lut_cells", estimate.figure[NG_FIGURE_LUT_CELLS], "honest_sites",
                                            estimate.figure[NG_FIGURE_HONEST_SITES]));
    }
}

static json_t *error_of(const ng_estimate_error *error)
{
    json_t *record = json_pack("{s:i, s:i}", "fitted", (int)error->fitted, "held_out", (int)error->held_out);
    for (unsigned figure = 0; figure <= NG_FIGURE_HONEST_SITES; figure++) {
        (void)json_object_set_new(record, ng_figure_name((ng_figure)figure),
                                  json_pack("{s:f, s:f}", "median", error->median[figure], "worst", error->worst[figure]));
    }
    return record;
}

json_t *ng_estimates_errors(void)
{
    json_t *targets = json_object();
    for (size_t i = 0; ng_target_at(i) != NULL; i++) {
        ng_estimate_error error;
        if (ng_estimate_error_of(ng_target_at(i), &error)) {
            (void)json_object_set_new(targets, ng_target_at(i)->name, error_of(&error));
        }
    }
    return json_pack("{s:s, s:o}", "yosys", ng_estimate_yosys(), "targets", targets);
}
