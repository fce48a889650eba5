#include "src/report/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/pareto/pareto.h"

static const double kib_bits = 8192.0;
static const double coordinate_limit = 1e15;
static const json_int_t cases_limit = (json_int_t)1 << 40; /* sums of thousands of them still fit */

double ng_report_real(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool text_is(const json_t *object, const char *key, const char *wanted)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && strcmp(text, wanted) == 0;
}

const char *ng_report_network(const ng_figures *figures, size_t network)
{
    return json_string_value(json_object_get(json_array_get(figures->networks, network), "name"));
}

double ng_report_fp32(const ng_figures *figures, size_t network)
{
    return ng_report_real(json_array_get(figures->networks, network), "fp32_top1_pct");
}

static const json_t *list_entry(const ng_figures *figures, size_t pair, const char *list, int index)
{
    const json_t *entries = json_object_get(json_array_get(figures->points, pair), list);
    return index < 0 ? NULL : json_array_get(entries, (size_t)index);
}

const json_t *ng_report_cost(const ng_figures *figures, size_t pair, int index)
{
    return list_entry(figures, pair, "costs", index);
}

const json_t *ng_report_accuracy(const ng_figures *figures, const ng_report_row *row)
{
    return list_entry(figures, row->pair, "accuracy", row->accuracy);
}

const json_t *ng_report_plain(const ng_figures *figures, const ng_report_row *row)
{
    return list_entry(figures, row->pair, "accuracy", row->plain);
}

bool ng_report_has_cost(const json_t *accuracy)
{
    const json_t *planes = json_object_get(accuracy, "planes");
    const char *compute = json_string_value(json_object_get(accuracy, "compute"));
    return (planes == NULL || json_integer_value(planes) == 1) && (compute == NULL || strcmp(compute, "fp32") != 0);
}

const char *ng_report_recipe(const json_t *accuracy)
{
    const char *recipe = json_string_value(json_object_get(accuracy, "recipe"));
    return recipe != NULL ? recipe : "plain";
}

ng_report_checked ng_report_checks(const ng_figures *figures, size_t pair, const char *level)
{
    const json_t *checks = json_object_get(json_array_get(figures->points, pair), "verify");
    const json_t *check;
    size_t i;
    ng_report_checked sum = {0, 0};
    json_array_foreach(checks, i, check) {
        if (level == NULL || text_is(check, "level", level)) {
            sum.cases += json_integer_value(json_object_get(check, "cases"));
            sum.mismatches += json_integer_value(json_object_get(check, "mismatches"));
        }
    }
    return sum;
}

size_t ng_report_families(const ng_figures *figures, ng_family list[NG_FAMILY_COUNT])
{
    size_t count = 0;
    for (ng_family family = 0; family < NG_FAMILY_COUNT; family++) {
        size_t pair = 0;
        while (pair < figures->pair_count && strcmp(figures->pairs[pair].family, ng_family_name(family)) != 0) {
            pair++;
        }
        if (pair < figures->pair_count) {
            list[count++] = family;
        }
    }
    return count;
}

size_t ng_report_count_front(const ng_figures *figures, size_t network, const char *family)
{
    size_t count = 0;
    for (size_t i = 0; i < figures->row_count; i++) {
        const ng_report_row *row = &figures->rows[i];
        count += row->network == network && row->on_front_area &&
                 (family == NULL || strcmp(figures->pairs[row->pair].family, family) == 0);
    }
    return count;
}

size_t ng_report_recipes(const ng_figures *figures, const char *recipes[NG_REPORT_RECIPES_MOST])
{
    size_t count = 0;
    for (size_t pair = 0; pair < figures->pair_count; pair++) {
        const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
        const json_t *accuracy;
        size_t i;
        json_array_foreach(list, i, accuracy) {
            size_t at = 0;
            while (at < count && strcmp(recipes[at], ng_report_recipe(accuracy)) != 0) {
                at++;
            }
            if (at == count && count < NG_REPORT_RECIPES_MOST) {
                recipes[count++] = ng_report_recipe(accuracy);
            }
        }
    }
    return count;
}

void ng_report_print_pair(FILE *stream, const ng_report_pair *pair, const char *times)
{
    fputs(pair->weights, stream);
    if (strcmp(pair->weights, pair->activations) != 0) {
        fprintf(stream, "%s%s", times, pair->activations);
    }
}

static double cost_per_mac(const json_t *record)
{
    return ng_report_real(json_object_get(record, "per_mac"), "honest_sites");
}

/* The pair's cheapest record per MAC of that kind and target; lanes 0: any. */
static int cheapest(const json_t *point, const char *kind, const char *target, int lanes)
{
    const json_t *costs = json_object_get(point, "costs");
    const json_t *record;
    size_t i;
    int best = NG_REPORT_NONE;
    double lowest = INFINITY;
    json_array_foreach(costs, i, record) {
        const bool fits = text_is(record, "kind", kind) && text_is(record, "target", target) &&
                          (lanes == 0 || ng_report_real(record, "lanes") == lanes);
        if (fits && cost_per_mac(record) < lowest) {
            lowest = cost_per_mac(record);
            best = (int)i;
        }
    }
    return best;
}

static bool check_list(const json_t *list, const char *name, ng_error *error)
{
    const json_t *entry;
    size_t i;
    if (!json_is_array(list)) {
        return ng_fail(error, NG_EXIT_USAGE, "results: %s: not a list", name);
    }
    json_array_foreach(list, i, entry) {
        if (!json_is_object(entry)) {
            return ng_fail(error, NG_EXIT_USAGE, "results: %s[%zu]: not an object", name, i);
        }
    }
    return true;
}

static bool is_count(const json_t *value)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= cases_limit;
}

static bool check_counts(const json_t *checks, size_t point, ng_error *error)
{
    const json_t *check;
    size_t i;
    json_array_foreach(checks, i, check) {
        if (!is_count(json_object_get(check, "cases")) || !is_count(json_object_get(check, "mismatches"))) {
            return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu].verify[%zu]: cases or mismatches is no count",
                           point, i);
        }
    }
    return true;
}

static bool is_family(const char *name)
{
    for (ng_family family = 0; family < NG_FAMILY_COUNT; family++) {
        if (strcmp(ng_family_name(family), name) == 0) {
            return true;
        }
    }
    return false;
}

/* Reads the strings of a point and checks its lists; jansson says which field is wrong. */
static bool read_point(json_t *point, size_t index, ng_report_pair *pair, ng_error *error)
{
    const char *status;
    json_t *verify;
    json_t *costs;
    json_t *accuracy;
    json_error_t reason;
    char place[64];
    if (json_unpack_ex(point, &reason, 0, "{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "weights", &pair->weights,
                       "activations", &pair->activations, "family", &pair->family, "status", &status, "verify",
                       &verify, "costs", &costs, "accuracy", &accuracy) != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu]: %s", index, reason.text);
    }
    if (!is_family(pair->family)) {
        return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu].family: not a family of formats", index);
    }
    pair->verified = strcmp(status, "verified") == 0;
    (void)snprintf(place, sizeof place, "points[%zu].verify", index);
    if (!check_list(verify, place, error) || !check_counts(verify, index, error)) {
        return false;
    }
    (void)snprintf(place, sizeof place, "points[%zu].costs", index);
    if (!check_list(costs, place, error)) {
        return false;
    }
    (void)snprintf(place, sizeof place, "points[%zu].accuracy", index);
    return check_list(accuracy, place, error);
}

static bool make_pair(json_t *point, size_t index, ng_report_pair *pair, ng_error *error)
{
    if (!read_point(point, index, pair, error)) {
        return false;
    }
    const bool block = strcmp(pair->family, "block") == 0;
    pair->dot = pair->verified ? cheapest(point, "dot", "xc7", block ? 0 : NG_REPORT_LANES) : NG_REPORT_NONE;
    pair->mac = pair->verified ? cheapest(point, "mac", "xc7", 0) : NG_REPORT_NONE;
    pair->mac_ice40 = pair->verified ? cheapest(point, "mac", "ice40", 0) : NG_REPORT_NONE;
    return true;
}

static bool is_known_network(const ng_figures *figures, const char *name)
{
    for (size_t i = 0; name != NULL && i < figures->network_count; i++) {
        if (strcmp(ng_report_network(figures, i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* No figure without evidence: a pair that calls itself verified has passed cases before and after synthesis. */
static bool check_evidence(const ng_figures *figures, size_t pair, ng_error *error)
{
    if (figures->pairs[pair].verified && (ng_report_checks(figures, pair, "rtl").cases == 0 ||
                                          ng_report_checks(figures, pair, "netlist").cases == 0 ||
                                          ng_report_checks(figures, pair, NULL).mismatches != 0)) {
        return ng_fail(error, NG_EXIT_CHECK,
                       "results: points[%zu]: called verified, but not checked at RTL and netlist without a mismatch",
                       pair);
    }
    return true;
}

/* The yosys that mapped what a record counts; empty where it does not say. */
static const char *mapped_by(const json_t *record)
{
    const char *yosys = json_string_value(json_object_get(record, "yosys"));
    return yosys != NULL ? yosys : "";
}

/* Counts of different yosys versions are not comparable, so they have no place in one front. first: the version seen so far,
 * NULL before the first record. */
static bool check_version(const ng_figures *figures, size_t pair, const char **first, ng_error *error)
{
    const json_t *costs = json_object_get(json_array_get(figures->points, pair), "costs");
    const json_t *record;
    size_t i;
    if (!figures->pairs[pair].verified) {
        return true;
    }
    json_array_foreach(costs, i, record) {
        *first = *first != NULL ? *first : mapped_by(record);
        if (strcmp(*first, mapped_by(record)) != 0) {
            return ng_fail(error, NG_EXIT_CHECK,
                           "results: points[%zu].costs[%zu]: mapped by '%.64s', others by '%.64s': not comparable", pair, i,
                           mapped_by(record), *first);
        }
    }
    return true;
}

static bool check_accuracies(const ng_figures *figures, size_t pair, ng_error *error)
{
    const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
    const json_t *accuracy;
    size_t i;
    json_array_foreach(list, i, accuracy) {
        if (!is_known_network(figures, json_string_value(json_object_get(accuracy, "network")))) {
            return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu].accuracy[%zu].network: not one of the networks",
                           pair, i);
        }
    }
    return true;
}

static bool make_pairs(ng_figures *figures, ng_error *error)
{
    const char *yosys = NULL;
    for (size_t i = 0; i < figures->pair_count; i++) {
        if (!make_pair(json_array_get(figures->points, i), i, &figures->pairs[i], error) ||
            !check_evidence(figures, i, error) || !check_version(figures, i, &yosys, error) ||
            !check_accuracies(figures, i, error)) {
            return false;
        }
    }
    return true;
}

static bool check_networks(const ng_figures *figures, ng_error *error)
{
    for (size_t i = 0; i < figures->network_count; i++) {
        const double fp32 = ng_report_fp32(figures, i);
        if (ng_report_network(figures, i) == NULL || !(fp32 >= 0.0 && fp32 <= 100.0)) {
            return ng_fail(error, NG_EXIT_USAGE, "results: networks[%zu]: needs a name and fp32_top1_pct in 0..100", i);
        }
    }
    return true;
}

/* True if the layer was computed in the formats of its pair, or in those that the study gives the first or the last layer. */
static bool layer_is_of_pair(const json_t *point, const json_t *accuracy, const json_t *layer, bool first, bool last)
{
    const char *weights = json_string_value(json_object_get(layer, "weights"));
    const char *activations = json_string_value(json_object_get(layer, "activations"));
    return weights == NULL || activations == NULL || (first && json_object_get(accuracy, "first") != NULL) ||
           (last && json_object_get(accuracy, "last") != NULL) ||
           (text_is(point, "weights", weights) && text_is(point, "activations", activations));
}

bool ng_report_is_of_pair(const json_t *point, const json_t *accuracy)
{
    const json_t *layers = json_object_get(accuracy, "layers");
    const json_t *layer;
    size_t i;
    json_array_foreach(layers, i, layer) {
        if (!layer_is_of_pair(point, accuracy, layer, i == 0, i + 1 == json_array_size(layers))) {
            return false;
        }
    }
    return true;
}

int ng_report_best(const ng_figures *figures, size_t pair, size_t network, const char *recipe)
{
    const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
    const json_t *accuracy;
    size_t i;
    int best = NG_REPORT_NONE;
    double highest = -INFINITY;
    json_array_foreach(list, i, accuracy) {
        const double top1 = ng_report_real(accuracy, "top1_pct");
        const bool fits = text_is(accuracy, "network", ng_report_network(figures, network)) &&
                          (recipe == NULL || strcmp(ng_report_recipe(accuracy), recipe) == 0) &&
                          ng_report_is_of_pair(json_array_get(figures->points, pair), accuracy) &&
                          ng_report_has_cost(accuracy);
        if (fits && (best == NG_REPORT_NONE || top1 > highest)) {
            best = (int)i;
            highest = top1;
        }
    }
    return best;
}

static bool check_range(const ng_report_row *row, ng_error *error)
{
    /* Written so that a missing (NaN) coordinate passes. A cost of 0 has no place on a logarithmic axis. */
    if (row->sites_per_mac <= 0.0 || row->sites_per_mac > coordinate_limit || row->weight_kib <= 0.0 ||
        row->weight_kib > coordinate_limit || row->top1_pct < 0.0 || row->top1_pct > 100.0) {
        return ng_fail(error, NG_EXIT_USAGE, "results: points[%zu]: cost, memory or accuracy out of range", row->pair);
    }
    return true;
}

static bool make_row(const ng_figures *figures, size_t pair, size_t network, ng_report_row *row, ng_error *error)
{
    row->pair = pair;
    row->network = network;
    row->accuracy = ng_report_best(figures, pair, network, NULL);
    row->plain = ng_report_best(figures, pair, network, "plain");
    const json_t *accuracy = ng_report_accuracy(figures, row);
    row->sites_per_mac = cost_per_mac(ng_report_cost(figures, pair, figures->pairs[pair].dot));
    row->weight_kib = ng_report_real(accuracy, "weight_bits") / kib_bits;
    row->top1_pct = ng_report_real(accuracy, "top1_pct");
    row->loss_points = ng_report_fp32(figures, network) - row->top1_pct;
    return check_range(row, error);
}

/* Marks both fronts of one network's rows. plane has room for two coordinates a row, on_front for one flag a row. */
static bool mark_fronts(ng_report_row *rows, size_t count, double *plane, bool *on_front, ng_error *error)
{
    static const ng_objective area[] = {{"honest_sites_per_mac", NG_MINIMISE}, {"top1_pct", NG_MAXIMISE}};
    static const ng_objective memory[] = {{"weight_kib", NG_MINIMISE}, {"top1_pct", NG_MAXIMISE}};
    for (size_t i = 0; i < count; i++) {
        plane[2 * i] = rows[i].sites_per_mac;
        plane[2 * i + 1] = rows[i].top1_pct;
    }
    if (!ng_pareto_front(area, 2, plane, count, on_front, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i].on_front_area = on_front[i];
        plane[2 * i] = rows[i].weight_kib;
    }
    if (!ng_pareto_front(memory, 2, plane, count, on_front, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i].on_front_memory = on_front[i];
    }
    return true;
}

static bool make_network_rows(ng_figures *figures, size_t network, double *plane, bool *on_front, ng_error *error)
{
    ng_report_row *rows = &figures->rows[figures->row_count];
    size_t count = 0;
    for (size_t i = 0; i < figures->pair_count; i++) {
        if (figures->pairs[i].verified && !make_row(figures, i, network, &rows[count++], error)) {
            return false;
        }
    }
    figures->row_count += count;
    return mark_fronts(rows, count, plane, on_front, error);
}

static bool make_rows(ng_figures *figures, ng_error *error)
{
    double *plane = calloc(figures->pair_count + 1, 2 * sizeof *plane);
    bool *on_front = calloc(figures->pair_count + 1, sizeof *on_front);
    bool fine = (plane != NULL && on_front != NULL) || ng_fail(error, NG_EXIT_MISSING, "no memory for the fronts");
    for (size_t i = 0; fine && i < figures->network_count; i++) {
        fine = make_network_rows(figures, i, plane, on_front, error);
    }
    free(plane);
    free(on_front);
    return fine;
}

static bool allocate(ng_figures *figures, ng_error *error)
{
    figures->pair_count = json_array_size(figures->points);
    figures->network_count = json_array_size(figures->networks);
    /* Both lists are in memory, many bytes an entry; only their product can overflow, and calloc() refuses that. */
    figures->pairs = calloc(figures->pair_count + 1, sizeof *figures->pairs);
    figures->rows = calloc(figures->pair_count + 1, (figures->network_count + 1) * sizeof *figures->rows);
    return (figures->pairs != NULL && figures->rows != NULL) ||
           ng_fail(error, NG_EXIT_MISSING, "no memory for %zu points of a report", figures->pair_count);
}

bool ng_figures_make(const json_t *results, ng_figures *figures, ng_error *error)
{
    *figures = (ng_figures){.points = json_object_get(results, "points"),
                            .networks = json_object_get(results, "networks"),
                            .parts = json_object_get(results, "parts")};
    if (check_list(figures->points, "points", error) && check_list(figures->networks, "networks", error) &&
        allocate(figures, error) && check_networks(figures, error) && make_pairs(figures, error) &&
        make_rows(figures, error)) {
        return true;
    }
    ng_figures_free(figures);
    return false;
}

void ng_figures_free(ng_figures *figures)
{
    free(figures->pairs);
    free(figures->rows);
    *figures = (ng_figures){0};
}
