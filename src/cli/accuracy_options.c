#include "src/cli/accuracy_options.h"

#include <stdio.h>
#include <string.h>

#include "src/network/bundled.h"

static bool read_end(const char *option, const char *word, ng_format *own, const ng_format **format, bool *keep, ng_error *error)
{
    *keep = strcmp(word, "keep") == 0;
    if (word[0] == 0 || *keep) {
        return true;
    }
    *format = own;
    return ng_format_option(option, word, own, error);
}

static bool read_setting(const ng_options *options, ng_accuracy_options *asked, ng_error *error)
{
    ng_setting *setting = &asked->request.setting;
    *setting = (ng_setting){.recipe = options->recipe, .granularity = options->granularity, .scales = options->scales,
                            .bias = options->bias, .layers = options->layer_formats, .integer_only = options->integer_only,
                            .arith = options->arith, .attention = options->attention};
    return read_end("first", options->first, &asked->first, &setting->first, &setting->keep_first, error) &&
           read_end("last", options->last, &asked->last, &setting->last, &setting->keep_last, error);
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

bool ng_accuracy_options_read(const ng_options *options, ng_accuracy_options *asked, ng_error *error)
{
    asked->request = (ng_accuracy_request){.network = asked->network,
                                           .weight = &asked->formats.weights,
                                           .activation = &asked->formats.activations,
                                           .data = options->data,
                                           .dataset = options->dataset,
                                           .calibration = options->calibration,
                                           .images = (unsigned)options->images,
                                           .threads = (unsigned)options->threads,
                                           .seed = (unsigned)options->seed};
    if (options->network[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE,
                       "--network NAME is needed: resnet8, vit4, mobile or the path of an .onnx file");
    }
    return ng_network_path(options->network, asked->network, error) && read_formats(options, &asked->formats, error) &&
           read_setting(options, asked, error);
}
