#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/cli/accuracy_options.h"

static void print_progress(void *context, unsigned done, unsigned total)
{
    (void)context;
    (void)fprintf(stderr, "\r\033[K%u/%u images%s", done, total, done == total ? "\n" : "");
}

static void print_table(const json_t *record)
{
    (void)printf("%s in %s x %s, %s: top-1 %.2f %% (fp32 %.2f %%) of %lld images, ",
                 json_string_value(json_object_get(record, "network")),
                 json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")),
                 json_string_value(json_object_get(record, "recipe")),
                 json_number_value(json_object_get(record, "top1_pct")),
                 json_number_value(json_object_get(record, "fp32_top1_pct")),
                 (long long)json_integer_value(json_object_get(record, "images")));
    const json_t *bits = json_object_get(record, "accumulator_bits");
    if (bits != NULL) {
        (void)printf("%d-bit accumulators, ", (int)json_integer_value(bits));
    }
    (void)printf("%.0f images/s\n", json_number_value(json_object_get(record, "images_per_s")));
}

int ng_verb_accuracy(const ng_options *options, ng_error *error)
{
    ng_accuracy_options asked;
    json_t *record = NULL;
    if (!ng_accuracy_options_read(options, &asked, error)) {
        return ng_verb_failed(error);
    }
    asked.request.source_hash = ng_source_hash(NG_SOURCE_ACCURACY);
    asked.request.progress = isatty(STDERR_FILENO) ? print_progress : NULL;
    if (!ng_accuracy(&asked.request, &record, error)) {
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
