#include "src/cli/run_study.h"
#include "src/report/report.h"

int ng_verb_study(const ng_options *options, ng_error *error)
{
    if (options->word_count != 1) {
        (void)ng_fail(error, NG_EXIT_USAGE, "study needs one study file, for example studies/default.yaml");
        return NG_EXIT_USAGE;
    }
    return ng_run_study(options, options->words[0], NG_RUN_ALL, error);
}

int ng_verb_report(const ng_options *options, ng_error *error)
{
    json_error_t place;
    if (options->word_count != 1) {
        (void)ng_fail(error, NG_EXIT_USAGE, "report needs one results.json");
        return NG_EXIT_USAGE;
    }
    json_t *results = json_load_file(options->words[0], JSON_REJECT_DUPLICATES, &place);
    if (results == NULL) {
        (void)ng_fail(error, NG_EXIT_USAGE, "%s:%d:%d: %s", options->words[0], place.line, place.column, place.text);
        return NG_EXIT_USAGE;
    }
    const bool fine = ng_report_write(results, options->reports, error);
    json_decref(results);
    return fine ? NG_EXIT_OK : ng_verb_failed(error);
}
