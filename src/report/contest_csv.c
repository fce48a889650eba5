#include <math.h>

#include "src/report/contest.h"
#include "src/report/csv.h"

static const char *const sides[] = {"integer", "minifloat"};
static const char *const side_reals[] = {"top1_pct", "interval95_pct", "sites_per_mac"};

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

/* "int4 x int8"; nothing for null. */
static void put_pair(FILE *stream, const ng_figures *figures, const json_t *index)
{
    if (json_is_integer(index)) {
        const ng_report_pair *pair = &figures->pairs[json_integer_value(index)];
        json_t *name = json_sprintf("%s x %s", pair->weights, pair->activations);
        ng_report_csv_text(stream, name != NULL ? json_string_value(name) : "");
        json_decref(name);
    }
}

static void put_real(FILE *stream, const json_t *object, const char *key)
{
    const double value = ng_report_real(object, key);
    putc(',', stream);
    if (!isnan(value)) {
        fprintf(stream, "%.10g", value);
    }
}

static void put_text(FILE *stream, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    putc(',', stream);
    ng_report_csv_text(stream, text != NULL ? text : "");
}

static void put_entry(FILE *stream, const ng_figures *figures, const json_t *entry)
{
    const char *recipe = json_string_value(json_object_get(entry, "recipe"));
    ng_report_csv_text(stream, ng_report_network(figures, (size_t)json_integer_value(json_object_get(entry, "network"))));
    putc(',', stream);
    ng_report_csv_text(stream, recipe[0] != 0 ? recipe : "best of all");
    put_real(stream, entry, "weight_bits");
    put_real(stream, entry, "activation_bits");
    for (size_t i = 0; i < LENGTH(sides); i++) {
        const json_t *side = json_object_get(entry, sides[i]);
        putc(',', stream);
        put_pair(stream, figures, json_object_get(side, "pair"));
        put_text(stream, side, "recipe");
        for (size_t j = 0; j < LENGTH(side_reals); j++) {
            put_real(stream, side, side_reals[j]);
        }
    }
    put_real(stream, entry, "lead_points");
    put_text(stream, entry, "accuracy");
    put_text(stream, entry, "front");
    putc(',', stream);
    put_pair(stream, figures, json_object_get(entry, "beaten_by"));
    putc('\n', stream);
}

bool ng_report_contest_csv(const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    json_t *list = ng_report_contest(figures);
    const json_t *entry;
    size_t i;
    if (list == NULL || !ng_report_text_open(text, error)) {
        json_decref(list);
        return ng_fail(error, NG_EXIT_MISSING, "no memory for minifloats.csv");
    }
    fputs("network,recipe,weight_bits,activation_bits", text->stream);
    for (i = 0; i < LENGTH(sides); i++) {
        fprintf(text->stream, ",%s,%s_recipe", sides[i], sides[i]);
        for (size_t j = 0; j < LENGTH(side_reals); j++) {
            fprintf(text->stream, ",%s_%s", sides[i], side_reals[j]);
        }
    }
    fputs(",lead_points,accuracy,front,beaten_by\n", text->stream);
    json_array_foreach(list, i, entry) {
        put_entry(text->stream, figures, entry);
    }
    json_decref(list);
    return ng_report_text_close(text, error);
}
