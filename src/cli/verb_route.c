#include "src/cli/circuit.h"
#include "src/route/route.h"

static double number(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

static void print_table(const json_t *record)
{
    const json_t *fmax = json_object_get(record, "fmax_mhz");
    (void)printf("%s %s x %s on %s (%s)\n", json_string_value(json_object_get(record, "unit")),
                 json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")),
                 json_string_value(json_object_get(record, "target")),
                 json_string_value(json_object_get(record, "device")));
    (void)printf("  %.1f MHz median of %.0f seeds (%.1f to %.1f, spread %.1f %%), %.0f LUT cells after routing\n",
                 number(fmax, "median"), number(record, "seeds"), number(fmax, "least"), number(fmax, "largest"),
                 number(fmax, "spread_pct"), number(record, "luts"));
}

int ng_verb_route(const ng_options *options, ng_error *error)
{
    ng_datapath path;
    ng_option_formats formats;
    const ng_target *target;
    json_t *cost = NULL;
    json_t *record = NULL;
    const bool fine = ng_datapath_option(options, &formats, &path, error) &&
                      ng_target_option(options->target, &target, error) &&
                      ng_circuit_find(options, &path, target, &cost, error) &&
                      ng_route(&path, target, cost, (unsigned)options->seeds, &record, error);
    json_decref(cost);
    if (!fine) {
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
