#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/cost/cost.h"

static double number(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

static void print_part(const json_t *split, const char *name)
{
    const json_t *part = json_object_get(split, name);
    if (json_is_object(part)) {
        (void)printf("  %-13s %8.1f LUT cells %8.1f honest sites\n", name, number(part, "lut_cells"),
                     number(part, "honest_sites"));
    } else {
        (void)printf("  %-13s missing\n", name);
    }
}

static void print_table(const json_t *record)
{
    const json_t *split = json_object_get(record, "split");
    (void)printf("%s%s %s x %s, %.0f lanes, %.0f terms, on %s (%s)\n", json_string_value(json_object_get(record, "unit")),
                 json_is_true(json_object_get(record, "specials")) ? " with specials" : "",
                 json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")), number(record, "lanes"),
                 number(record, "terms"), json_string_value(json_object_get(record, "target")),
                 json_string_value(json_object_get(record, "yosys")));
    (void)printf("  LUT cells %.0f, sites %.0f + route-throughs %.0f = %.0f honest sites, carry %.0f, FF %.0f, MUXF %.0f, "
                 "depth %.0f\n",
                 number(record, "lut_cells"), number(record, "sites"), number(record, "route_throughs"),
                 number(record, "honest_sites"), number(record, "carry"), number(record, "ff"), number(record, "muxf"),
                 number(record, "depth"));
    print_part(split, "multiply");
    print_part(split, "align");
    print_part(split, "accumulate");
    print_part(split, "convert_back");
}

int ng_verb_cost(const ng_options *options, ng_error *error)
{
    ng_datapath path;
    ng_option_formats formats;
    const ng_target *target;
    json_t *record = NULL;
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    if (!ng_datapath_option(options, &formats, &path, error) || !ng_target_option(options->target, &target, error) ||
        !ng_cost(&path, target, &counting, &record, error)) {
        return ng_verb_failed(error);
    }
    if (options->json) {
        ng_print_json(record);
    } else {
        print_table(record);
        json_decref(record);
    }
    return NG_EXIT_OK;
}
