/* cli.h: the verbs of the program and what they share. Only this folder prints and exits. */
#ifndef NG_CLI_H
#define NG_CLI_H

#include <jansson.h>

#include "model/unit.h"
#include "src/cli/options.h"
#include "src/synth/target.h"

/* A verb: returns the exit code, or fills *error and returns its code. */
typedef int ng_verb_function(const ng_options *options, ng_error *error);

#define VERB(name, usage, text) ng_verb_function ng_verb_##name;
#include "src/cli/verbs.def"
#undef VERB

/* The formats of --weights, --activations and --output: what a datapath points to. */
typedef struct {
    ng_format weights;
    ng_format activations;
    ng_format output;
} ng_option_formats;

/* The format named by an option; error (exit 2) with the nearest names. */
bool ng_format_option(const char *option, const char *name, ng_format *format, ng_error *error);

/* The target named by --target; error (exit 2) with the nearest names. */
bool ng_target_option(const char *name, const ng_target **target, ng_error *error);

/* What the options ask for, and the datapath it makes: --unit --weights --activations --output --lanes --terms --chain --width --stage --architecture. *formats must outlive it. */
bool ng_request_option(const ng_options *options, ng_option_formats *formats, ng_request *request, ng_error *error);
bool ng_datapath_option(const ng_options *options, ng_option_formats *formats, ng_datapath *path, ng_error *error);
/* The same of a product kind only (model/kinds.def): what can be fed a network's operands. */
bool ng_product_option(const ng_options *options, ng_option_formats *formats, ng_datapath *path, ng_error *error);

/* The same for a request whose formats are known; error texts name the pair. */
bool ng_datapath_make(const ng_request *request, ng_datapath *path, ng_error *error);

/* Prints one JSON object and a line end on standard output; releases it. */
void ng_print_json(json_t *object);

/* Exit code of a verb that failed. */
int ng_verb_failed(const ng_error *error);

#endif
