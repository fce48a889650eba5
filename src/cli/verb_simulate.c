#include <stdlib.h>

#include "src/cli/cli.h"
#include "src/network/bundled.h"
#include "src/simulate/simulate.h"

static void print_table(json_t *record)
{
    const char *name;
    json_t *value;
    json_object_foreach (record, name, value) {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
        (void)printf("%-16s %s\n", name, text != NULL ? text : "");
        free(text);
    }
}

int ng_verb_simulate(const ng_options *options, ng_error *error)
{
    ng_datapath path;
    ng_option_formats formats;
    char network[NG_PATH_SIZE];
    json_t *record = NULL;
    if (!ng_product_option(options, &formats, &path, error) ||
        (options->network[0] != 0 && !ng_network_path(options->network, network, error))) {
        return ng_verb_failed(error);
    }
    const ng_simulate_request request = {.path = &path,
                                         .rtl = options->rtl,
                                         .network = options->network[0] != 0 ? network : NULL,
                                         .data = options->data,
                                         .dataset = options->dataset,
                                         .layer = (unsigned)options->layer,
                                         .vectors = (uint64_t)options->vectors,
                                         .seed = (uint64_t)options->seed,
                                         .source_idle_pct = NG_SIMULATE_STALL_PCT,
                                         .sink_busy_pct = NG_SIMULATE_STALL_PCT,
                                         .waves = options->waves[0] != 0 ? options->waves : NULL};
    if (!ng_simulate(&request, &record, error)) {
        return ng_verb_failed(error);
    }
    const bool clean = json_integer_value(json_object_get(record, "mismatches")) == 0;
    const char *first = json_string_value(json_object_get(record, "first_mismatch"));
    if (first != NULL) {
        (void)fprintf(stderr, "mismatch: %s\n", first);
    }
    if (options->json) {
        ng_print_json(record);
    } else {
        print_table(record);
        json_decref(record);
    }
    return clean ? NG_EXIT_OK : NG_EXIT_CHECK;
}
