#include <string.h>
#include <unistd.h>

#include "src/accuracy/accuracy.h"
#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/network/bundled.h"

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

/* The formats of the first and the last layer, where they are given. */
typedef struct {
    ng_format first;
    ng_format last;
} ends;

static bool read_end(const char *option, const char *word, ng_format *own, const ng_format **format, bool *keep, ng_error *error)
{
    *keep = strcmp(word, "keep") == 0;
    if (word[0] == 0 || *keep) {
        return true;
    }
    *format = own;
    return ng_format_option(option, word, own, error);
}

static bool read_setting(const ng_options *options, ends *formats, ng_setting *setting, ng_error *error)
{
    *setting = (ng_setting){.recipe = options->recipe, .granularity = options->granularity, .scales = options->scales,
                            .bias = options->bias, .layers = options->layer_formats, .integer_only = options->integer_only,
                            .arith = options->arith, .attention = options->attention};
    return read_end("first", options->first, &formats->first, &setting->first, &setting->keep_first, error) &&
           read_end("last", options->last, &formats->last, &setting->last, &setting->keep_last, error);
}

/* --weights and --activations, or the first layer's formats where every layer has its own. */
static bool read_formats(const ng_options *options, ng_option_formats *formats, ng_error *error)
{
    if (options->layer_formats[0] == 0) {
        return ng_format_option("weights", options->weights, &formats->weights, error) &&
               ng_format_option("activations", options->activations, &formats->activations, error);
    }
    ng_format pair[2] = {{.bits = 0}, {.bits = 0}};
    char first[2 * NG_FORMAT_NAME_SIZE];
    (void)snprintf(first, sizeof first, "%.*s", (int)strcspn(options->layer_formats, ","), options->layer_formats);
    const bool fine = ng_layer_formats_read(first, 1, pair, error);
    formats->weights = pair[0];
    formats->activations = pair[1];
    return fine;
}

int ng_verb_accuracy(const ng_options *options, ng_error *error)
{
    char network[NG_PATH_SIZE];
    json_t *record = NULL;
    ng_option_formats formats;
    ends end_formats;
    ng_accuracy_request request = {.network = network,
                                   .weight = &formats.weights,
                                   .activation = &formats.activations,
                                   .data = options->data,
                                   .dataset = options->dataset,
                                   .calibration = options->calibration,
                                   .images = (unsigned)options->images,
                                   .threads = (unsigned)options->threads,
                                   .seed = (unsigned)options->seed,
                                   .source_hash = ng_source_hash(NG_SOURCE_ACCURACY),
                                   .progress = isatty(STDERR_FILENO) ? print_progress : NULL};
    if (options->network[0] == 0) {
        (void)ng_fail(error, NG_EXIT_USAGE, "--network NAME is needed: resnet8, vit4, mobile or the path of an .onnx file");
        return NG_EXIT_USAGE;
    }
    if (!ng_network_path(options->network, network, error) ||
        !read_formats(options, &formats, error) ||
        !read_setting(options, &end_formats, &request.setting, error) || !ng_accuracy(&request, &record, error)) {
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
