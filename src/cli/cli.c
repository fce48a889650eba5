#include "src/cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/nearest.h"
#include "src/cli/codebook.h"
#include "src/cli/modes.h"
#include "src/formats/lookup.h"

static bool named_format(const char *option, const char *name, const ng_codebook *codebook, ng_format *format,
                         ng_error *error)
{
    char where[64];
    (void)snprintf(where, sizeof where, "--%s", option);
    if (name[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s FORMAT is needed (narrowgauge formats lists them)", where);
    }
    return ng_format_lookup(where, name, codebook, format, error);
}

bool ng_format_option(const char *option, const char *name, ng_format *format, ng_error *error)
{
    return named_format(option, name, NULL, format, error);
}

static bool unit_kind(const char *name, ng_unit_kind *kind, ng_error *error)
{
    const char *names[NG_UNIT_KIND_COUNT];
    if (name[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "--unit UNIT is needed: mul, mac, dot, convert, ... (narrowgauge --help)");
    }
    if (ng_unit_kind_find(name, kind)) {
        return true;
    }
    for (unsigned i = 0; i < NG_UNIT_KIND_COUNT; i++) {
        names[i] = ng_unit_kind_name((ng_unit_kind)i);
    }
    char near[256];
    ng_nearest_text(name, names, NG_UNIT_KIND_COUNT, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "--unit: unknown unit '%s'; nearest: %s", name, near);
}

bool ng_target_option(const char *name, const ng_target **target, ng_error *error)
{
    const char *names[NG_TARGET_COUNT];
    *target = ng_target_find(name);
    if (*target != NULL) {
        return true;
    }
    for (size_t i = 0; i < NG_TARGET_COUNT; i++) {
        names[i] = ng_target_at(i)->name;
    }
    char near[256];
    ng_nearest_text(name, names, NG_TARGET_COUNT, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "--target: unknown target '%s'; nearest: %s", name, near);
}

bool ng_datapath_make(const ng_request *request, ng_datapath *path, ng_error *error)
{
    const char *unit = ng_unit_kind_name(request->kind);
    const char *weight = request->weight->name;
    const char *activation = request->activation->name;
    switch (ng_datapath_init(path, request)) {
    case NG_OK: return true;
    case NG_NO_UNIT: return ng_fail(error, NG_EXIT_USAGE, "no %s unit for %s x %s", unit, weight, activation);
    case NG_BAD_LANES:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: %u lanes are not possible (1..%d; a block format's are its block)",
                       unit, weight, activation, request->lanes, NG_LANES_MAX);
    case NG_BAD_TERMS:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: %u terms are not in 1..%d", unit, weight, activation,
                       request->terms, NG_TERMS_MAX);
    case NG_BAD_WIDTH:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: a width of %u bits is not possible", unit, weight, activation,
                       request->width);
    case NG_BAD_ARCHITECTURE:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: that architecture is not made for the pair", unit, weight,
                       activation);
    case NG_BAD_STAGE:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: registers after every %u rows are not possible (a pipe unit, 1..%d)",
                       unit, weight, activation, request->stage, NG_LANES_MAX);
    case NG_BAD_ROUNDING:
        return ng_fail(error, NG_EXIT_USAGE, "%s of %s x %s: no circuit with that --scale-rule and --rounding", unit, weight,
                       activation);
    }
    return false;
}

/* What --architecture NAME asks for, known once the pair's unit is. */
static bool architecture_option(const char *name, const ng_request *request, unsigned *asked, ng_error *error)
{
    ng_datapath path;
    *asked = 0;
    if (name[0] == 0) {
        return true;
    }
    if (!ng_datapath_make(request, &path, error)) {
        return false;
    }
    const char *names[NG_UNIT_COUNT];
    size_t count = 0;
    for (const ng_architecture *row; (row = ng_architecture_at(path.unit, *asked)) != NULL;) {
        (*asked)++;
        if (strcmp(row->name, name) == 0) {
            return true;
        }
        names[count++] = row->name;
    }
    char near[256];
    ng_nearest_text(name, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "--architecture: %s has no '%s'; nearest: %s", path.unit->name, name, near);
}

bool ng_request_option(const ng_options *options, ng_option_formats *formats, ng_request *request, ng_error *error)
{
    *request = (ng_request){.weight = &formats->weights,
                            .activation = &formats->activations,
                            .output = options->output[0] != 0 ? &formats->output : NULL,
                            .lanes = (unsigned)options->lanes,
                            .terms = (unsigned)options->terms,
                            .chain = (unsigned)options->chain,
                            .width = (unsigned)options->width,
                            .stage = (unsigned)options->stage};
    const bool own = options->codebook[0] != 0;
    const ng_codebook *codebook = own ? &formats->codebook : NULL;
    formats->codebook.name[0] = 0;
    return unit_kind(options->unit, &request->kind, error) &&
           (!own || ng_codebook_load(options->codebook, &formats->codebook, error)) &&
           named_format("weights", options->weights, codebook, &formats->weights, error) &&
           named_format("activations", options->activations, codebook, &formats->activations, error) &&
           (request->output == NULL || ng_format_option("output", options->output, &formats->output, error)) &&
           ng_request_modes(options, request, error) &&
           architecture_option(options->architecture, request, &request->architecture, error);
}

bool ng_datapath_option(const ng_options *options, ng_option_formats *formats, ng_datapath *path, ng_error *error)
{
    ng_request request;
    return ng_request_option(options, formats, &request, error) && ng_datapath_make(&request, path, error);
}

bool ng_product_option(const ng_options *options, ng_option_formats *formats, ng_datapath *path, ng_error *error)
{
    return ng_datapath_option(options, formats, path, error) &&
           (ng_unit_kind_at(path->unit->kind)->product ||
            ng_fail(error, NG_EXIT_USAGE, "--unit: %s has no operands of a network; mul, mac, dot or convert does",
                    ng_unit_kind_name(path->unit->kind)));
}

void ng_print_json(json_t *object)
{
    char *text = json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
    if (text != NULL) {
        (void)puts(text);
    }
    free(text);
    json_decref(object);
}

int ng_verb_failed(const ng_error *error)
{
    return error->exit_code != 0 ? error->exit_code : NG_EXIT_MISSING;
}
