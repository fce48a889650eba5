#include "src/estimate/estimate.h"

#include <string.h>

#include "src/cost/convert_back.h"

typedef struct {
    ng_target_id target;
    ng_group group;
    ng_term_id term;
    double of[NG_FIGURE_COUNT];
} coefficient_row;

typedef struct {
    ng_target_id target;
    ng_group group; /* NG_GROUP_COUNT: all */
    ng_estimate_error error;
} error_row;

static const coefficient_row coefficients[] = {
#define COEFFICIENT(target, group, term, lut_cells, sites, ff) \
    {NG_TARGET_##target, NG_GROUP_##group, NG_TERM_##term, {lut_cells, sites, ff}},
#define ESTIMATE_ERROR(target, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst)
#define GROUP_ERROR(target, group, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst)
#define ESTIMATE_YOSYS(version)
#include "src/estimate/coefficients.def"
#undef COEFFICIENT
#undef ESTIMATE_ERROR
#undef GROUP_ERROR
#undef ESTIMATE_YOSYS
};

static const error_row errors[] = {
#define COEFFICIENT(target, group, term, lut_cells, sites, ff)
#define GROUP_ERROR(target, group, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst) \
    {NG_TARGET_##target, \
     NG_GROUP_##group, \
     {fitted, held_out, {lut_median, site_median, ff_median}, {lut_worst, site_worst, ff_worst}}},
#define ESTIMATE_ERROR(target, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst) \
    {NG_TARGET_##target, \
     NG_GROUP_COUNT, \
     {fitted, held_out, {lut_median, site_median, ff_median}, {lut_worst, site_worst, ff_worst}}},
#define ESTIMATE_YOSYS(version)
#include "src/estimate/coefficients.def"
#undef COEFFICIENT
#undef ESTIMATE_ERROR
#undef GROUP_ERROR
#undef ESTIMATE_YOSYS
};

const char *ng_estimate_yosys(void)
{
#define COEFFICIENT(target, group, term, lut_cells, sites, ff)
#define ESTIMATE_ERROR(target, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst)
#define GROUP_ERROR(target, group, fitted, held_out, lut_median, lut_worst, site_median, site_worst, ff_median, ff_worst)
#define ESTIMATE_YOSYS(version) return version;
#include "src/estimate/coefficients.def"
#undef COEFFICIENT
#undef ESTIMATE_ERROR
#undef GROUP_ERROR
#undef ESTIMATE_YOSYS
}

const char *ng_figure_name(ng_figure figure)
{
    static const char *const names[NG_FIGURE_COUNT] = {"lut_cells", "honest_sites", "ff"};
    return names[figure];
}

double ng_estimate_default(ng_term_id term, ng_figure figure)
{
    const bool registers = ng_term_share(term) == NG_SHARE_REGISTER;
    const bool circuits = term == NG_TERM_CIRCUIT || term == NG_TERM_CONVERSION;
    return !circuits && registers == (figure == NG_FIGURE_FF) ? 1 : 0;
}

static void set_defaults(ng_coefficients *with)
{
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        for (unsigned term = 0; term < NG_TERM_COUNT; term++) {
            with->of[figure][term] = ng_estimate_default((ng_term_id)term, (ng_figure)figure);
        }
    }
}

ng_estimate ng_estimate_with(const ng_coefficients *with, const ng_terms *terms)
{
    ng_estimate estimate;
    memset(&estimate, 0, sizeof estimate);
    for (unsigned term = 0; term < NG_TERM_COUNT; term++) {
        const ng_share share = ng_term_share((ng_term_id)term);
        for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
            const double add = with->of[figure][term] * terms->count[term];
            estimate.figure[figure] += add;
            if (share != NG_SHARE_REGISTER) {
                estimate.split[share][figure] += add;
            }
        }
    }
    return estimate;
}

bool ng_estimate_of(const ng_datapath *path, const ng_target *target, ng_estimate *estimate)
{
    ng_terms terms;
    ng_coefficients with;
    ng_estimate_error fitted;
    ng_terms_of(path, &terms);
    if (!ng_estimate_group_error(target, terms.group, &fitted)) {
        return false;
    }
    set_defaults(&with);
    for (size_t i = 0; i < sizeof coefficients / sizeof coefficients[0]; i++) {
        const coefficient_row *row = &coefficients[i];
        if (row->target == target->id && row->group == terms.group) {
            for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
                with.of[figure][row->term] = row->of[figure];
            }
        }
    }
    *estimate = ng_estimate_with(&with, &terms);
    return true;
}

bool ng_estimate_group_error(const ng_target *target, ng_group group, ng_estimate_error *error)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (errors[i].target == target->id && errors[i].group == group) {
            *error = errors[i].error;
            return true;
        }
    }
    return false;
}

bool ng_estimate_error_of(const ng_target *target, ng_estimate_error *error)
{
    return ng_estimate_group_error(target, NG_GROUP_COUNT, error);
}

/* ---- record ---------------------------------------------------------------------------------------------------- */

static json_t *part_record(const double part[NG_FIGURE_COUNT])
{
    return json_pack("{s:f, s:f}", "lut_cells", part[NG_FIGURE_LUT_CELLS], "honest_sites", part[NG_FIGURE_HONEST_SITES]);
}

static json_t *split_record(const ng_datapath *path, const ng_target *target, const ng_estimate *estimate)
{
    ng_datapath convert;
    ng_estimate back = *estimate;
    json_t *split = json_pack("{s:o, s:o, s:o}", "multiply", part_record(estimate->split[NG_SHARE_MULTIPLY]), "align",
                              part_record(estimate->split[NG_SHARE_ALIGN]), "accumulate",
                              part_record(estimate->split[NG_SHARE_ACCUMULATE]));
    const bool own = path->unit->kind == NG_UNIT_CONVERT;
    if (own || (ng_convert_of(path, &convert) == NULL && ng_estimate_of(&convert, target, &back))) {
        (void)json_object_set_new(split, "convert_back", part_record(back.figure));
    }
    return split;
}

static json_t *error_record(const ng_target *target, ng_group group)
{
    ng_estimate_error error;
    json_t *record = json_object();
    if (!ng_estimate_group_error(target, group, &error)) {
        return record;
    }
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        (void)json_object_set_new(record, ng_figure_name((ng_figure)figure),
                                  json_pack("{s:f, s:f}", "median", error.median[figure], "worst", error.worst[figure]));
    }
    (void)json_object_set_new(record, "held_out", json_integer(error.held_out));
    return record;
}

json_t *ng_estimate_record(const ng_datapath *path, const ng_target *target)
{
    ng_estimate estimate;
    ng_terms terms;
    if (!ng_estimate_of(path, target, &estimate)) {
        return NULL;
    }
    ng_terms_of(path, &terms);
    json_t *record = json_pack(
        "{s:b, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:s, s:f, s:f, s:f, s:o, s:o, s:s}", "estimate", 1, "unit", path->unit->name,
        "family", ng_family_name(path->unit->family), "weights", path->weight->name, "activations", path->activation->name,
        "lanes", (int)path->lanes, "terms", (int)path->terms, "chain", (int)path->chain, "target", target->name, "lut_cells",
        estimate.figure[NG_FIGURE_LUT_CELLS], "honest_sites", estimate.figure[NG_FIGURE_HONEST_SITES], "ff",
        estimate.figure[NG_FIGURE_FF], "split", split_record(path, target, &estimate), "error",
        error_record(target, NG_GROUP_COUNT), "yosys", ng_estimate_yosys());
    if (record != NULL) {
        (void)json_object_set_new(record, "group", json_string(ng_group_name(terms.group)));
        (void)json_object_set_new(record, "group_error", error_record(target, terms.group));
    }
    if (record != NULL && path->output != NULL) {
        (void)json_object_set_new(record, "output", json_string(path->output->name));
    }
    return record;
}
