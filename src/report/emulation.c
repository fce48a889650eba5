#include "src/report/emulation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/report/csv.h"

/* One comparison and where it belongs. */
typedef struct {
    size_t pair;
    size_t network;
    const json_t *record;
} entry;

typedef struct {
    entry *items;
    size_t count;
} entries;

static const char *const reals[] = {"exact_top1_pct", "fake_top1_pct", "difference_points", "interval95_points"};
static const char *const counts[] = {"images", "differ", "exact_only", "fake_only"};

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

static const json_t *comparisons(const ng_figures *figures, size_t pair)
{
    return figures->pairs[pair].verified ? json_object_get(json_array_get(figures->points, pair), "compare") : NULL;
}

/* Index of the record's network; network_count where it is none of them. */
static size_t network_of(const ng_figures *figures, const json_t *record)
{
    const char *name = json_string_value(json_object_get(record, "network"));
    size_t network = 0;
    while (network < figures->network_count && (name == NULL || strcmp(name, ng_report_network(figures, network)) != 0)) {
        network++;
    }
    return network;
}

/* ---- check ------------------------------------------------------------------------------------------------------- */

static bool has_numbers(const json_t *record)
{
    bool fine = true;
    for (size_t i = 0; i < LENGTH(reals); i++) {
        fine = fine && fabs(ng_report_real(record, reals[i])) <= 100.0;
    }
    for (size_t i = 0; i < LENGTH(counts); i++) {
        const json_t *count = json_object_get(record, counts[i]);
        fine = fine && json_is_integer(count) && json_integer_value(count) >= 0;
    }
    return fine;
}

/* False if the study measured another exact accuracy of the same pair on the same network under the same recipe. */
static bool agrees(const ng_figures *figures, size_t pair, const json_t *record)
{
    const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
    const json_t *accuracy;
    size_t i;
    json_array_foreach(list, i, accuracy) {
        const bool same = json_equal(json_object_get(accuracy, "network"), json_object_get(record, "network")) &&
                          json_equal(json_object_get(accuracy, "images"), json_object_get(record, "images")) &&
                          strcmp(ng_report_recipe(accuracy), ng_report_recipe(record)) == 0;
        if (same && fabs(ng_report_real(accuracy, "top1_pct") - ng_report_real(record, "exact_top1_pct")) > 1e-9) {
            return false;
        }
    }
    return true;
}

bool ng_report_emulation_check(const ng_figures *figures, ng_error *error)
{
    const json_t *record;
    size_t i;
    for (size_t pair = 0; pair < figures->pair_count; pair++) {
        json_array_foreach(comparisons(figures, pair), i, record) {
            if (network_of(figures, record) == figures->network_count || !has_numbers(record)) {
                return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu].compare[%zu]: needs one of the networks and its numbers",
                               pair, i);
            }
            if (!agrees(figures, pair, record)) {
                return ng_fail(error, NG_EXIT_CHECK,
                               "results: points[%zu].compare[%zu]: exact_top1_pct is not the accuracy measured", pair, i);
            }
        }
    }
    return true;
}

/* ---- list -------------------------------------------------------------------------------------------------------- */

static int compare_entries(const void *a, const void *b)
{
    const json_t *left = ((const entry *)a)->record;
    const json_t *right = ((const entry *)b)->record;
    const double difference =
        fabs(ng_report_real(right, "difference_points")) - fabs(ng_report_real(left, "difference_points"));
    const double differ = ng_report_real(right, "differ") - ng_report_real(left, "differ");
    const double order = difference > 0 || difference < 0 ? difference : differ;
    return (order > 0) - (order < 0);
}

/* All comparisons in order; items NULL without memory. */
static entries collect(const ng_figures *figures)
{
    entries list = {NULL, 0};
    size_t count = 0;
    for (size_t pair = 0; pair < figures->pair_count; pair++) {
        count += json_array_size(comparisons(figures, pair));
    }
    list.items = calloc(count + 1, sizeof *list.items);
    for (size_t pair = 0; list.items != NULL && pair < figures->pair_count; pair++) {
        const json_t *record;
        size_t i;
        json_array_foreach(comparisons(figures, pair), i, record) {
            list.items[list.count++] = (entry){pair, network_of(figures, record), record};
        }
    }
    if (list.items != NULL) {
        qsort(list.items, list.count, sizeof *list.items, compare_entries);
    }
    return list;
}

json_t *ng_report_emulation(const ng_figures *figures)
{
    const entries list = collect(figures);
    json_t *all = list.items != NULL ? json_array() : NULL;
    for (size_t i = 0; i < list.count; i++) {
        const entry *e = &list.items[i];
        json_t *object = json_pack("{s:I, s:I, s:s}", "pair", (json_int_t)e->pair, "network", (json_int_t)e->network, "recipe",
                                   ng_report_recipe(e->record));
        for (size_t j = 0; j < LENGTH(reals); j++) {
            (void)json_object_set(object, reals[j], json_object_get(e->record, reals[j]));
        }
        for (size_t j = 0; j < LENGTH(counts); j++) {
            (void)json_object_set(object, counts[j], json_object_get(e->record, counts[j]));
        }
        (void)json_array_append_new(all, object);
    }
    free(list.items);
    return all;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static bool is_significant(const json_t *record)
{
    return fabs(ng_report_real(record, "difference_points")) > ng_report_real(record, "interval95_points");
}

void ng_report_print_emulation(FILE *stream, const ng_figures *figures)
{
    const entries list = collect(figures);
    const entry *most = NULL;
    size_t beyond = 0;
    for (size_t i = 0; i < list.count; i++) {
        const entry *e = &list.items[i];
        beyond += is_significant(e->record);
        most = most == NULL || ng_report_real(e->record, "differ") > ng_report_real(most->record, "differ") ? e : most;
    }
    if (most != NULL) {
        fprintf(stream, "%zu comparisons: in %zu the difference is larger than its 95 %% interval. Most predictions differ for ",
                list.count, beyond);
        ng_report_print_pair(stream, &figures->pairs[most->pair], " \xC3\x97 ");
        fprintf(stream, " on %s: %.0f of %.0f.", ng_report_network(figures, most->network), ng_report_real(most->record, "differ"),
                ng_report_real(most->record, "images"));
    } else {
        fputs("Missing: the study does not ask for it (arith: [exact, fake]).", stream);
    }
    free(list.items);
}

static void put_row(FILE *stream, const ng_figures *figures, const entry *e)
{
    const ng_report_pair *pair = &figures->pairs[e->pair];
    const char *const words[] = {ng_report_network(figures, e->network), pair->weights, pair->activations, pair->family,
                                 ng_report_recipe(e->record)};
    for (size_t i = 0; i < LENGTH(words); i++) {
        fputs(i == 0 ? "" : ",", stream);
        ng_report_csv_text(stream, words[i]);
    }
    for (size_t i = 0; i < LENGTH(reals); i++) {
        fprintf(stream, ",%.10g", ng_report_real(e->record, reals[i]));
    }
    for (size_t i = 0; i < LENGTH(counts); i++) {
        fprintf(stream, ",%.0f", ng_report_real(e->record, counts[i]));
    }
    putc('\n', stream);
}

bool ng_report_emulation_csv(const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    const entries list = collect(figures);
    fputs("network,weights,activations,family,recipe", text->stream);
    for (size_t i = 0; i < LENGTH(reals); i++) {
        fprintf(text->stream, ",%s", reals[i]);
    }
    for (size_t i = 0; i < LENGTH(counts); i++) {
        fprintf(text->stream, ",%s", counts[i]);
    }
    putc('\n', text->stream);
    for (size_t i = 0; i < list.count; i++) {
        put_row(text->stream, figures, &list.items[i]);
    }
    const bool memory = list.items != NULL;
    free(list.items);
    return ng_report_text_close(text, error) && (memory || ng_fail(error, NG_EXIT_MISSING, "no memory for arith.csv"));
}
