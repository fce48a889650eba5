#include "src/report/html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/report/extras.h"
#include "src/report/page.h"
#include "src/report/style.h"
#include "src/report/summary.h"

static const char *const chart_path = "/usr/share/javascript/chart.js/chart.min.js";

enum { CHART_LIMIT = 4 << 20, SLOTS = 7 };

/* A {{name}} of the template and what stands there in the page. */
typedef struct {
    const char *name;
    const void *data;
    size_t size;
} slot;

static json_t *real_or_null(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *index_or_null(int index)
{
    return index < 0 ? json_null() : json_integer(index);
}

static json_t *pair_list(const ng_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->pair_count; i++) {
        const ng_report_pair *pair = &figures->pairs[i];
        json_array_append_new(list, json_pack("{s:b, s:o, s:o, s:o}", "verified", pair->verified, "dot",
                                              index_or_null(pair->dot), "mac", index_or_null(pair->mac), "mac_ice40",
                                              index_or_null(pair->mac_ice40)));
    }
    return list;
}

/* What the recipe of the row's accuracy adds to the pair's circuit; null without one. */
static json_t *extra_of(const ng_figures *figures, const ng_report_row *row)
{
    const json_t *accuracy = ng_report_accuracy(figures, row);
    ng_extra extra;
    if (accuracy == NULL) {
        return json_null();
    }
    ng_report_extra(figures, (int)row->pair, ng_report_recipe(accuracy), &extra);
    return json_pack("{s:s, s:o, s:s}", "status", ng_extra_status_name(extra.status), "sites_per_mac",
                     real_or_null(extra.sites_per_mac), "text", extra.text);
}

static json_t *row_list(const ng_figures *figures)
{
    json_t *list = json_array();
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        json_array_append_new(
            list, json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o}", "pair", (json_int_t)row->pair, "network",
                            (json_int_t)row->network, "accuracy", index_or_null(row->accuracy), "plain",
                            index_or_null(row->plain), "sites_per_mac",
                            real_or_null(row->sites_per_mac), "weight_kib", real_or_null(row->weight_kib), "top1_pct",
                            real_or_null(row->top1_pct), "loss_points", real_or_null(row->loss_points),
                            "on_front_area", row->on_front_area, "on_front_memory", row->on_front_memory, "extra",
                            extra_of(figures, row)));
    }
    return list;
}

/* The families that occur, and what marks them. */
static json_t *family_list(const ng_figures *figures)
{
    json_t *list = json_array();
    ng_family families[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, families);
    for (size_t i = 0; i < count; i++) {
        const ng_report_style *style = ng_report_style_of(families[i]);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i, s:b, s:f}", "name", ng_family_name(families[i]), "colour",
                                              style->colour, "shape", style->shape, "rotation", style->rotation, "line",
                                              style->line, "size", style->size));
    }
    return list;
}

/* {"results": the document, "families": ..., "pairs": ..., "rows": ..., "summary": ...} as text, NULL without memory. */
static char *data_text(const json_t *results, const ng_figures *figures)
{
    json_t *data = json_pack("{s:o, s:o, s:o, s:o}", "families", family_list(figures), "pairs", pair_list(figures), "rows", row_list(figures), "summary",
                             ng_report_summary(figures));
    json_t *copy = json_deep_copy(results);
    char *text = NULL;
    if (json_object_set_new(data, "results", copy) == 0) {
        text = json_dumps(data, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));
    }
    json_decref(data);
    return text;
}

/* Within a script element only "<" can start anything that ends it; in JSON it stands in strings alone, where \u003c is
 * the same character. */
static bool escape_json(const char *json, ng_report_text *text, ng_error *error)
{
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    for (; *json != 0; json++) {
        if (*json == '<') {
            fputs("\\u003c", text->stream);
        } else {
            putc(*json, text->stream);
        }
    }
    return ng_report_text_close(text, error);
}

static bool make_data(const json_t *results, const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    char *json = data_text(results, figures);
    if (json == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the data of the report");
    }
    const bool fine = escape_json(json, text, error);
    free(json);
    return fine;
}

static bool read_chart(ng_buffer *chart, ng_error *error)
{
    if (!ng_read_file(chart_path, CHART_LIMIT, chart, NULL)) {
        return ng_fail(error, NG_EXIT_MISSING, "%s is missing: install the Debian package libjs-chart.js", chart_path);
    }
    if (strstr((const char *)chart->data, "</script") != NULL) {
        ng_buffer_free(chart);
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot stand inside a page: it holds </script", chart_path);
    }
    return true;
}

static bool put_slot(FILE *stream, const char *name, size_t length, const slot slots[SLOTS], ng_error *error)
{
    for (size_t i = 0; i < SLOTS; i++) {
        if (strlen(slots[i].name) == length && memcmp(slots[i].name, name, length) == 0) {
            fwrite(slots[i].data, 1, slots[i].size, stream);
            return true;
        }
    }
    return ng_fail(error, NG_EXIT_CHECK, "template.html: nothing fills {{%.*s}}", (int)length, name);
}

/* Copies the template; the values are not searched for slots in turn. */
static bool fill_template(FILE *stream, const slot slots[SLOTS], ng_error *error)
{
    const char *rest = (const char *)ng_page_template_html; /* ends in a 0 */
    for (const char *open = strstr(rest, "{{"); open != NULL; open = strstr(rest, "{{")) {
        const char *close = strstr(open, "}}");
        if (close == NULL) {
            return ng_fail(error, NG_EXIT_CHECK, "template.html: {{ without }}");
        }
        fwrite(rest, 1, (size_t)(open - rest), stream);
        if (!put_slot(stream, open + 2, (size_t)(close - open) - 2, slots, error)) {
            return false;
        }
        rest = close + 2;
    }
    fputs(rest, stream);
    return true;
}

static bool assemble(const ng_buffer *chart, const ng_report_text *data, ng_report_text *text, ng_error *error)
{
    const slot slots[SLOTS] = {
        {"style", ng_page_style_css, ng_page_style_css_size}, {"chart", chart->data, chart->size},
        {"data", data->data, data->size},                     {"data.js", ng_page_data_js, ng_page_data_js_size},
        {"table.js", ng_page_table_js, ng_page_table_js_size}, {"charts.js", ng_page_charts_js, ng_page_charts_js_size},
        {"page.js", ng_page_page_js, ng_page_page_js_size},
    };
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    if (!fill_template(text->stream, slots, error)) {
        ng_report_text_free(text);
        return false;
    }
    return ng_report_text_close(text, error);
}

bool ng_report_html(const json_t *results, const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    ng_buffer chart = {0};
    ng_report_text data = {0};
    const bool fine = read_chart(&chart, error) && make_data(results, figures, &data, error) &&
                      assemble(&chart, &data, text, error);
    ng_buffer_free(&chart);
    ng_report_text_free(&data);
    return fine;
}
