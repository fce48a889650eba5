#include <unistd.h>

#include "src/base/source_hash.h"
#include "src/cli/accuracy_options.h"
#include "src/compare/compare.h"

static void print_progress(void *context, unsigned done, unsigned total)
{
    (void)context;
    (void)fprintf(stderr, "\r\033[K%u/%u images%s", done, total, done == total ? "\n" : "");
}

static double real(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

static long long whole(const json_t *record, const char *name)
{
    return (long long)json_integer_value(json_object_get(record, name));
}

static void print_table(const json_t *record)
{
    (void)printf("%s in %s x %s, %s: top-1 %.2f %% exact, %.2f %% emulated in fp32: %+.2f +- %.2f points\n",
                 json_string_value(json_object_get(record, "network")), json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")), json_string_value(json_object_get(record, "recipe")),
                 real(record, "exact_top1_pct"), real(record, "fake_top1_pct"), real(record, "difference_points"),
                 real(record, "interval95_points"));
    (void)printf("%lld of %lld predictions differ; right in exact alone %lld, in fp32 alone %lld\n", whole(record, "differ"),
                 whole(record, "images"), whole(record, "exact_only"), whole(record, "fake_only"));
}

int ng_verb_compare(const ng_options *options, ng_error *error)
{
    ng_accuracy_options asked;
    json_t *record = NULL;
    if (!ng_accuracy_options_read(options, &asked, error)) {
        return ng_verb_failed(error);
    }
    asked.request.source_hash = ng_source_hash(NG_SOURCE_COMPARE);
    asked.request.progress = isatty(STDERR_FILENO) ? print_progress : NULL;
    if (!ng_compare(&asked.request, &record, error)) {
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
