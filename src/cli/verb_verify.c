#include <stdlib.h>
#include <string.h>

#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/cli/run_study.h"
#include "src/cost/cost.h"
#include "src/verify/equivalence.h"
#include "src/verify/verify.h"

enum { PAIRS_MAX = 64 };

/* "WEIGHTS:ACTIVATIONS" into the datapath of the asked unit. */
static bool pair_word(const ng_options *options, const char *word, ng_option_formats *formats, ng_datapath *path,
                      ng_error *error)
{
    char weights[NG_FORMAT_NAME_SIZE * 2];
    ng_options one = *options;
    const char *colon = strchr(word, ':');
    if (colon == NULL || (size_t)(colon - word) >= sizeof weights) {
        return ng_fail(error, NG_EXIT_USAGE, "verify: '%s' is not WEIGHTS:ACTIVATIONS", word);
    }
    (void)snprintf(weights, sizeof weights, "%.*s", (int)(colon - word), word);
    one.weights = weights;
    one.activations = colon + 1;
    return ng_datapath_option(&one, formats, path, error);
}

static bool gather_paths(const ng_options *options, ng_option_formats *formats, ng_datapath *paths, size_t *count,
                         ng_error *error)
{
    *count = 0;
    if (options->word_count == 0) {
        *count = 1;
        return ng_datapath_option(options, formats, paths, error);
    }
    if (options->word_count > PAIRS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "verify: more than %d pairs", PAIRS_MAX);
    }
    for (int i = 0; i < options->word_count; i++) {
        if (!pair_word(options, options->words[i], &formats[i], &paths[i], error)) {
            return false;
        }
        (*count)++;
    }
    return true;
}

/* A proof as a line for people; one that did not end in time is neither success nor failure. */
static bool print_proof(const ng_options *options, const json_t *record)
{
    const char *result = json_string_value(json_object_get(record, "result"));
    if (!options->json) {
        (void)printf("%s %s x %s (RTL = netlist on %s): %s after %.1f s of at most %" JSON_INTEGER_FORMAT " s, %s\n",
                     json_string_value(json_object_get(record, "unit")),
                     json_string_value(json_object_get(record, "weights")),
                     json_string_value(json_object_get(record, "activations")),
                     json_string_value(json_object_get(record, "target")), result,
                     json_number_value(json_object_get(record, "seconds")),
                     json_integer_value(json_object_get(record, "limit_s")),
                     json_string_value(json_object_get(record, "method")));
    }
    return strcmp(result, "refuted") != 0;
}

/* Prints a record as a line for people; the mismatch, if any, goes to standard error. */
static bool print_record(const ng_options *options, json_t *record)
{
    if (json_object_get(record, "result") != NULL) {
        return print_proof(options, record);
    }
    const json_int_t mismatches = json_integer_value(json_object_get(record, "mismatches"));
    const char *first = json_string_value(json_object_get(record, "first_mismatch"));
    if (!options->json) {
        (void)printf("%s %s x %s (%s): %" JSON_INTEGER_FORMAT " cases%s, %" JSON_INTEGER_FORMAT " mismatches\n",
                     json_string_value(json_object_get(record, "unit")),
                     json_string_value(json_object_get(record, "weights")),
                     json_string_value(json_object_get(record, "activations")),
                     json_string_value(json_object_get(record, "level")),
                     json_integer_value(json_object_get(record, "cases")),
                     json_is_true(json_object_get(record, "exhaustive")) ? " (exhaustive)" : "", mismatches);
    }
    if (first != NULL) {
        (void)fprintf(stderr, "mismatch: %s\n", first);
    }
    return mismatches == 0 && json_integer_value(json_object_get(record, "cases")) > 0;
}

/* One object alone, several in {"records": [...]}. */
static int print_records(const ng_options *options, json_t **records, size_t count)
{
    bool clean = true;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        clean = print_record(options, records[i]) && clean;
        (void)json_array_append(list, records[i]);
    }
    if (options->json && options->word_count == 0) {
        ng_print_json(json_incref(records[0]));
    } else if (options->json) {
        ng_print_json(json_pack("{s:O}", "records", list));
    }
    json_decref(list);
    return clean ? NG_EXIT_OK : NG_EXIT_CHECK;
}

/* Runs the check of a level above RTL on a netlist. */
static bool check_one(const ng_options *options, const ng_datapath *path, const ng_target *target, const char *netlist,
                      const ng_verify_options *how, json_t **record, ng_error *error)
{
    const ng_equivalence_request proof = {.rtl = options->rtl, .netlist = netlist, .limit_s = (unsigned)options->limit};
    if (strcmp(options->level, "equivalence") == 0) {
        return ng_equivalence(path, target, &proof, record, error);
    }
    if (strcmp(options->level, "netlist-verilator") == 0) {
        return ng_verify_netlist_verilator(path, target, netlist, how, record, error);
    }
    return ng_verify_netlist(path, target, netlist, how, record, error);
}

/* --prove: the proof rides along under "equivalence". */
static bool add_proof(const ng_options *options, const ng_datapath *path, const ng_target *target, const char *netlist,
                      json_t *record, ng_error *error)
{
    const ng_equivalence_request request = {.rtl = options->rtl, .netlist = netlist, .limit_s = (unsigned)options->limit};
    json_t *proof = NULL;
    if (!options->prove) {
        return true;
    }
    if (!ng_equivalence(path, target, &request, &proof, error)) {
        return false;
    }
    (void)json_object_set_new(record, "equivalence", proof);
    const char *result = json_string_value(json_object_get(proof, "result"));
    return strcmp(result, "refuted") != 0 || ng_fail(error, NG_EXIT_CHECK, "%s: refuted: not what the RTL computes", netlist);
}

/* Synthesises the datapath and checks its netlist; the cost record rides along under "cost". */
static bool verify_netlist(const ng_options *options, const ng_datapath *path, const ng_verify_options *how,
                           json_t **record, ng_error *error)
{
    json_t *cost = NULL;
    char netlist[NG_PATH_SIZE];
    const ng_target *target;
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    if (!ng_target_option(options->target, &target, error) || !ng_cost(path, target, &counting, &cost, error)) {
        return false;
    }
    bool fine = ng_cost_netlist(cost, netlist, error) &&
                check_one(options, path, target, netlist, how, record, error) &&
                add_proof(options, path, target, netlist, *record, error);
    if (fine) {
        (void)json_object_set(*record, "cost", cost);
    }
    json_decref(cost);
    return fine;
}

static bool check_level(const char *level, ng_error *error)
{
    static const char *const levels[] = {"rtl", "netlist", "netlist-verilator", "equivalence"};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i]) == 0) {
            return true;
        }
    }
    return ng_fail(error, NG_EXIT_USAGE, "--level: '%s' is none of rtl, netlist, netlist-verilator, equivalence", level);
}

static bool run_checks(const ng_options *options, const ng_datapath *paths, size_t count, json_t **records,
                       ng_error *error)
{
    ng_verify_options how;
    if (!check_level(options->level, error) ||
        !ng_verify_options_start(&how, options->rtl, (uint64_t)options->seed, (uint64_t)options->cases, error)) {
        return false;
    }
    if (strcmp(options->level, "rtl") == 0) {
        return ng_verify_rtl(paths, count, &how, records, error);
    }
    bool fine = true;
    for (size_t i = 0; fine && i < count; i++) {
        fine = verify_netlist(options, &paths[i], &how, &records[i], error);
    }
    return fine;
}

int ng_verb_verify(const ng_options *options, ng_error *error)
{
    ng_datapath paths[PAIRS_MAX];
    ng_option_formats formats[PAIRS_MAX];
    json_t *records[PAIRS_MAX] = {NULL};
    size_t count;
    if (options->unit[0] == 0) {
        return ng_run_study(options, "studies/default.yaml", NG_RUN_VERIFY, error);
    }
    if (!gather_paths(options, formats, paths, &count, error)) {
        return ng_verb_failed(error);
    }
    const bool fine = run_checks(options, paths, count, records, error);
    const int status = fine ? print_records(options, records, count) : ng_verb_failed(error);
    for (size_t i = 0; i < count; i++) {
        json_decref(records[i]);
    }
    return status;
}
