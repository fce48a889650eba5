#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/mixed/mixed.h"
#include "src/network/bundled.h"

static double number(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

static void print_table(const json_t *record)
{
    const json_t *layers = json_object_get(record, "layers");
    const json_t *accuracy = json_object_get(record, "accuracy");
    for (size_t i = 0; i < json_array_size(layers); i++) {
        const json_t *layer = json_array_get(layers, i);
        (void)printf("%-16s %s\n", json_string_value(json_object_get(layer, "chosen")),
                     json_string_value(json_object_get(layer, "name")));
    }
    (void)printf("%s: top-1 %.2f %% (fp32 %.2f %%), loss %.4g, %.0f weight bits", json_string_value(json_object_get(record, "network")),
                 number(accuracy, "top1_pct"), number(accuracy, "fp32_top1_pct"), number(record, "loss"),
                 number(record, "weight_bits"));
    if (json_object_get(record, "luts") != NULL) {
        (void)printf(", %.0f LUTs at %.0f cycles", number(record, "luts"), number(json_object_get(record, "budget"), "cycles"));
    }
    (void)printf("\n--layer-formats %s\n", json_string_value(json_object_get(record, "layer_formats")));
}

static bool check(const ng_options *options, ng_error *error)
{
    if (options->network[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "--network NAME is needed: resnet8, vit4, mobile or the path of an .onnx file");
    }
    if (options->choices[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "--choices W:A,W:A,... is needed: the format pairs a layer may have");
    }
    return (options->luts == 0) == (options->cycles == 0) ||
           ng_fail(error, NG_EXIT_USAGE, "--luts and --cycles go together: a budget of LUTs is one at so many cycles an image");
}

int ng_verb_mixed(const ng_options *options, ng_error *error)
{
    char network[NG_PATH_SIZE];
    json_t *record = NULL;
    const ng_target *target;
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    const ng_accuracy_request accuracy = {.network = network,
                                          .data = options->data,
                                          .dataset = options->dataset,
                                          .calibration = options->calibration,
                                          .setting = {.recipe = options->recipe, .granularity = options->granularity,
                                                      .scales = options->scales, .bias = options->bias},
                                          .images = (unsigned)options->images,
                                          .threads = (unsigned)options->threads,
                                          .seed = (unsigned)options->seed,
                                          .source_hash = ng_source_hash(NG_SOURCE_ACCURACY)};
    ng_mixed_request request = {.accuracy = &accuracy, .options = options->choices, .weight_bits = (double)options->weight_bits,
                                .luts = (double)options->luts, .cycles = (double)options->cycles, .cost = &counting};
    if (!check(options, error) || !ng_network_path(options->network, network, error) ||
        !ng_target_option(options->target, &target, error)) {
        return ng_verb_failed(error);
    }
    request.target = target;
    if (!ng_mixed(&request, &record, error)) {
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
