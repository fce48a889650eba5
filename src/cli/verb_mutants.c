#include <string.h>

#include "src/cli/cli.h"
#include "src/mutants/mutants.h"
#include "src/mutants/subject.h"

static json_int_t count_of(const json_t *record, const char *name)
{
    return json_integer_value(json_object_get(record, name));
}

/* One line a record, and one a survivor; true without survivors. */
static bool print_record(const ng_options *options, const json_t *record)
{
    const json_t *survivors = json_object_get(record, "survivors");
    size_t i;
    json_t *text;
    if (!options->json) {
        (void)printf("%-18s %-8s %4" JSON_INTEGER_FORMAT " mutants: %4" JSON_INTEGER_FORMAT " caught, %3" JSON_INTEGER_FORMAT
                     " equivalent, %2zu survived  (%s x %s, %.1f s)\n",
                     json_string_value(json_object_get(record, "unit")), json_string_value(json_object_get(record, "class")),
                     count_of(record, "mutants"), count_of(record, "caught"), count_of(record, "equivalent"),
                     json_array_size(survivors), json_string_value(json_object_get(record, "weights")),
                     json_string_value(json_object_get(record, "activations")),
                     json_number_value(json_object_get(record, "seconds")));
        (void)fflush(stdout);
    }
    if (!options->json && count_of(record, "assumed") != 0) {
        (void)printf("    %" JSON_INTEGER_FORMAT " of the equivalent where %s\n", count_of(record, "assumed"),
                     json_string_value(json_object_get(record, "assumption")));
        (void)fflush(stdout);
    }
    json_array_foreach(survivors, i, text) {
        (void)fprintf(stderr, "survivor: %s: %s\n", json_string_value(json_object_get(record, "unit")), json_string_value(text));
    }
    return json_array_size(survivors) == 0;
}

static bool is_called(const ng_unit *unit, const char *word)
{
    return strcmp(word, unit->name) == 0 || strcmp(word, ng_mutant_group(unit)) == 0;
}

static bool is_asked(const ng_options *options, const ng_unit *unit)
{
    bool asked = options->word_count == 0;
    for (int i = 0; i < options->word_count; i++) {
        asked = asked || is_called(unit, options->words[i]);
    }
    return asked;
}

static bool check_words(const ng_options *options, ng_error *error)
{
    for (int i = 0; i < options->word_count; i++) {
        size_t unit = 0;
        while (ng_unit_at(unit) != NULL && !is_called(ng_unit_at(unit), options->words[i])) {
            unit++;
        }
        if (ng_unit_at(unit) == NULL) {
            return ng_fail(error, NG_EXIT_USAGE, "mutants: no unit and no family is called '%s'", options->words[i]);
        }
    }
    return true;
}

static bool run_unit(const ng_options *options, const ng_unit *unit, json_t *records, bool *clean, ng_error *error)
{
    const ng_mutants_request request = {.rtl = options->rtl,
                                        .count = (unsigned)options->mutants,
                                        .seed = (unsigned)options->seed,
                                        .cases = (uint64_t)options->cases};
    for (unsigned class = 0; class < NG_MUTANTS_CLASSES; class++) {
        json_t *record;
        if (!ng_mutants(unit, (ng_mutants_class)class, &request, &record, error)) {
            return false;
        }
        *clean = print_record(options, record) && *clean;
        (void)json_array_append_new(records, record);
    }
    return true;
}

int ng_verb_mutants(const ng_options *options, ng_error *error)
{
    bool clean = true;
    bool fine = check_words(options, error);
    json_t *records = json_array();
    for (size_t i = 0; fine && ng_unit_at(i) != NULL; i++) {
        fine = !is_asked(options, ng_unit_at(i)) || run_unit(options, ng_unit_at(i), records, &clean, error);
    }
    if (!fine) {
        json_decref(records);
        return ng_verb_failed(error);
    }
    if (options->json) {
        ng_print_json(json_pack("{s:O}", "records", records));
    }
    json_decref(records);
    return clean ? NG_EXIT_OK : NG_EXIT_CHECK;
}
