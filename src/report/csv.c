#include "src/report/csv.h"

#include <math.h>
#include <string.h>

#include "src/report/extras.h"

/* Where a column's value lies: in one of the records behind the row. */
typedef enum {
    FROM_ACCURACY = 0,
    FROM_DOT = 1,
    FROM_DOT_PER_MAC = 2,
    FROM_MAC = 3,
    FROM_MAC_ICE40 = 4,
    FROM_PLAIN = 5 /* the accuracy without a recipe */
} source;

typedef struct {
    const char *name;
    source from;
    const char *key;
} column;

static const column columns[] = {
    {"accumulator_bits", FROM_ACCURACY, "accumulator_bits"},
    {"terms", FROM_ACCURACY, "terms"},
    {"calibration", FROM_ACCURACY, "calibration"},
    {"recipe", FROM_ACCURACY, "recipe"},
    {"plain_top1_pct", FROM_PLAIN, "top1_pct"},
    {"images", FROM_ACCURACY, "images"},
    {"interval95_pct", FROM_ACCURACY, "interval95_pct"},
    {"weight_bits", FROM_ACCURACY, "weight_bits"},
    {"dot_unit", FROM_DOT, "unit"},
    {"dot_architecture", FROM_DOT, "architecture"},
    {"dot_target", FROM_DOT, "target"},
    {"dot_lanes", FROM_DOT, "lanes"},
    {"dot_lut_cells", FROM_DOT, "lut_cells"},
    {"dot_sites", FROM_DOT, "sites"},
    {"dot_route_throughs", FROM_DOT, "route_throughs"},
    {"dot_honest_sites", FROM_DOT, "honest_sites"},
    {"dot_depth_luts", FROM_DOT, "depth"},
    {"lut_cells_per_mac", FROM_DOT_PER_MAC, "lut_cells"},
    {"mac_xc7_lut_cells", FROM_MAC, "lut_cells"},
    {"mac_xc7_honest_sites", FROM_MAC, "honest_sites"},
    {"mac_xc7_depth_luts", FROM_MAC, "depth"},
    {"mac_ice40_lut_cells", FROM_MAC_ICE40, "lut_cells"},
    {"mac_ice40_honest_sites", FROM_MAC_ICE40, "honest_sites"},
    {"mac_ice40_depth_luts", FROM_MAC_ICE40, "depth"},
    {"dot_netlist_sha256", FROM_DOT, "netlist_sha256"},
    {"network_sha256", FROM_ACCURACY, "network_sha256"},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const char *const leading =
    "network,weights,activations,family,status,top1_pct,fp32_top1_pct,loss_points,honest_sites_per_mac,weight_kib,"
    "on_front_area,on_front_memory,verify_rtl_cases,verify_netlist_cases,verify_mismatches";

void ng_report_csv_text(FILE *stream, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, stream);
        return;
    }
    putc('"', stream);
    for (; *text != 0; text++) {
        if (*text == '"') {
            putc('"', stream);
        }
        putc(*text, stream);
    }
    putc('"', stream);
}

static void put_number(FILE *stream, double value)
{
    if (!isnan(value)) {
        fprintf(stream, "%.10g", value);
    }
}

static void put_value(FILE *stream, const json_t *value)
{
    if (json_is_string(value)) {
        ng_report_csv_text(stream, json_string_value(value));
    } else if (json_is_number(value)) {
        put_number(stream, json_number_value(value));
    }
}

static const json_t *record_of(const ng_figures *figures, const ng_report_row *row, source from)
{
    const ng_report_pair *pair = &figures->pairs[row->pair];
    switch (from) {
    case FROM_ACCURACY: return ng_report_accuracy(figures, row);
    case FROM_PLAIN: return ng_report_plain(figures, row);
    case FROM_DOT: return ng_report_cost(figures, row->pair, pair->dot);
    case FROM_DOT_PER_MAC: return json_object_get(ng_report_cost(figures, row->pair, pair->dot), "per_mac");
    case FROM_MAC: return ng_report_cost(figures, row->pair, pair->mac);
    case FROM_MAC_ICE40: return ng_report_cost(figures, row->pair, pair->mac_ice40);
    }
    return NULL;
}

/* A point that misses a coordinate has no place on a front: empty, not 0. */
static void put_front(FILE *stream, bool on_front, double cost, double accuracy)
{
    if (!isnan(cost) && !isnan(accuracy)) {
        putc(on_front ? '1' : '0', stream);
    }
}

static const char *status_of(const ng_report_row *row)
{
    const bool cost = !isnan(row->sites_per_mac);
    const bool accuracy = !isnan(row->top1_pct);
    if (cost && accuracy) {
        return isnan(row->weight_kib) ? "missing memory" : "complete";
    }
    return cost ? "missing accuracy" : accuracy ? "missing cost" : "missing cost and accuracy";
}

static void put_leading(FILE *stream, const ng_figures *figures, const ng_report_row *row)
{
    const ng_report_pair *pair = &figures->pairs[row->pair];
    const char *const words[] = {ng_report_network(figures, row->network), pair->weights, pair->activations,
                                 pair->family, status_of(row)};
    const double numbers[] = {row->top1_pct, ng_report_fp32(figures, row->network), row->loss_points,
                              row->sites_per_mac, row->weight_kib};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        ng_report_csv_text(stream, words[i]);
        putc(',', stream);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        put_number(stream, numbers[i]);
        putc(',', stream);
    }
    put_front(stream, row->on_front_area, row->sites_per_mac, row->top1_pct);
    putc(',', stream);
    put_front(stream, row->on_front_memory, row->weight_kib, row->top1_pct);
    fprintf(stream, ",%lld,%lld,%lld", (long long)ng_report_checks(figures, row->pair, "rtl").cases,
            (long long)ng_report_checks(figures, row->pair, "netlist").cases,
            (long long)ng_report_checks(figures, row->pair, NULL).mismatches);
}

/* What the row's recipe adds to the circuit: its status and, unless it is missing, its price. */
static void put_extra(FILE *stream, const ng_figures *figures, const ng_report_row *row)
{
    const json_t *accuracy = ng_report_accuracy(figures, row);
    ng_extra extra = {.sites_per_mac = NAN};
    if (accuracy != NULL) {
        ng_report_extra(figures, (int)row->pair, ng_report_recipe(accuracy), &extra);
    }
    fprintf(stream, ",%s,", accuracy != NULL ? ng_extra_status_name(extra.status) : "");
    put_number(stream, extra.sites_per_mac);
}

static void put_row(FILE *stream, const ng_figures *figures, const ng_report_row *row)
{
    put_leading(stream, figures, row);
    for (size_t i = 0; i < COLUMNS; i++) {
        putc(',', stream);
        put_value(stream, json_object_get(record_of(figures, row, columns[i].from), columns[i].key));
    }
    put_extra(stream, figures, row);
    putc('\n', stream);
}

bool ng_report_csv(const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    fputs(leading, text->stream);
    for (size_t i = 0; i < COLUMNS; i++) {
        fprintf(text->stream, ",%s", columns[i].name);
    }
    fputs(",recipe_adds,recipe_sites_per_mac\n", text->stream);
    for (size_t i = 0; i < figures->row_count; i++) {
        put_row(text->stream, figures, &figures->rows[i]);
    }
    return ng_report_text_close(text, error);
}

/* ---- recipes ---- */

static const char *const accuracy_texts[] = {"recipe", "granularity", "scales", "bias", "first", "last", "calibration", "compute"};
static const char *const accuracy_numbers[] = {"top1_pct", "fp32_top1_pct", "interval95_pct", "images", "accumulator_bits",
                                               "weight_bits", "planes"};

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

static void put_recipe(FILE *stream, const ng_figures *figures, size_t pair, const json_t *accuracy)
{
    const ng_report_pair *formats = &figures->pairs[pair];
    const char *network = json_string_value(json_object_get(accuracy, "network"));
    const char *const words[] = {network != NULL ? network : "", formats->weights, formats->activations, formats->family};
    for (size_t i = 0; i < LENGTH(words); i++) {
        fputs(i == 0 ? "" : ",", stream);
        ng_report_csv_text(stream, words[i]);
    }
    for (size_t i = 0; i < LENGTH(accuracy_texts); i++) {
        putc(',', stream);
        put_value(stream, json_object_get(accuracy, accuracy_texts[i]));
    }
    for (size_t i = 0; i < LENGTH(accuracy_numbers); i++) {
        putc(',', stream);
        put_value(stream, json_object_get(accuracy, accuracy_numbers[i]));
    }
    putc('\n', stream);
}

bool ng_report_recipes_csv(const ng_figures *figures, ng_report_text *text, ng_error *error)
{
    if (!ng_report_text_open(text, error)) {
        return false;
    }
    fputs("network,weights,activations,family", text->stream);
    for (size_t i = 0; i < LENGTH(accuracy_texts); i++) {
        fprintf(text->stream, ",%s", accuracy_texts[i]);
    }
    for (size_t i = 0; i < LENGTH(accuracy_numbers); i++) {
        fprintf(text->stream, ",%s", accuracy_numbers[i]);
    }
    putc('\n', text->stream);
    for (size_t pair = 0; pair < figures->pair_count; pair++) {
        const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
        const json_t *accuracy;
        size_t i;
        json_array_foreach(list, i, accuracy) {
            if (figures->pairs[pair].verified) {
                put_recipe(text->stream, figures, pair, accuracy);
            }
        }
    }
    return ng_report_text_close(text, error);
}
