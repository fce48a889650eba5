#include "src/base/source_hash.h"
#include "src/cli/circuit.h"
#include "src/energy/energy.h"
#include "src/network/bundled.h"

static bool count(const ng_options *options, const ng_datapath *path, json_t **record, ng_error *error)
{
    char network[NG_PATH_SIZE];
    const ng_target *target;
    json_t *cost = NULL;
    const ng_accuracy_request operands = {.network = network,
                                          .data = options->data,
                                          .weight = path->weight,
                                          .activation = path->activation,
                                          .calibration = options->calibration,
                                          .images = options->images != 0 ? (unsigned)options->images : NG_ENERGY_IMAGES,
                                          .seed = (unsigned)options->seed};
    const ng_energy_request request = {&operands, (unsigned)options->products, ng_source_hash(NG_SOURCE_ENERGY)};
    const char *name = options->network[0] != 0 ? options->network : "resnet8";
    const bool fine = ng_network_path(name, network, error) && ng_target_option(options->target, &target, error) &&
                      ng_circuit_find(options, path, target, &cost, error) &&
                      ng_energy(path, target, cost, &request, record, error);
    json_decref(cost);
    return fine;
}

static double figure(const json_t *record, const char *model)
{
    return json_number_value(json_object_get(json_object_get(record, model), "proxy_per_mac"));
}

static double quotient(const json_t *record, const json_t *reference, const char *model)
{
    return figure(record, model) / figure(reference, model);
}

/* Adds "relative": the proxy over that of the same kind of unit for int8 x int8 on the same network. */
static bool compare(const ng_options *options, json_t *record, ng_error *error)
{
    ng_options asked = *options;
    ng_datapath path;
    ng_option_formats formats;
    json_t *reference = NULL;
    asked.weights = asked.activations = "int8";
    if (!ng_product_option(&asked, &formats, &path, error) || !count(options, &path, &reference, error)) {
        return false;
    }
    (void)json_object_set_new(record, "relative",
                              json_pack("{s:s, s:s, s:i, s:f, s:f}", "to", "int8 x int8", "unit", path.unit->name, "lanes",
                                        (int)path.lanes, "zero_delay", quotient(record, reference, "zero_delay"),
                                        "unit_delay", quotient(record, reference, "unit_delay")));
    json_decref(reference);
    return true;
}

static void print_table(const json_t *record)
{
    const json_t *relative = json_object_get(record, "relative");
    (void)printf("%s %s x %s on %s, operands of %s\n", json_string_value(json_object_get(record, "unit")),
                 json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")),
                 json_string_value(json_object_get(record, "target")),
                 json_string_value(json_object_get(record, "network")));
    (void)printf("  toggles x fan-out per MAC: %.1f zero delay, %.1f unit delay (glitches: x %.2f)\n", figure(record, "zero_delay"),
                 figure(record, "unit_delay"), json_number_value(json_object_get(record, "glitch_factor")));
    (void)printf("  relative to %s: %.3f zero delay, %.3f unit delay\n", json_string_value(json_object_get(relative, "to")),
                 json_number_value(json_object_get(relative, "zero_delay")),
                 json_number_value(json_object_get(relative, "unit_delay")));
}

int ng_verb_energy(const ng_options *options, ng_error *error)
{
    ng_datapath path;
    ng_option_formats formats;
    json_t *record = NULL;
    if (!ng_product_option(options, &formats, &path, error) || !count(options, &path, &record, error) ||
        !compare(options, record, error)) {
        json_decref(record);
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
