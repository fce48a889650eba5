#include "src/report/extras.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "src/study/method_parts.h"

typedef enum { NOTHING, ROTATION, TABLE, MISSING } kind;

typedef struct {
    const char *method;
    kind kind;
    const char *text;
} row;

static const row rows[] = {
#define EXTRA(method, kind, text) {#method, kind, text},
#include "src/report/extras.def"
#undef EXTRA
};

const char *ng_extra_status_name(ng_extra_status status)
{
    static const char names[][8] = {"none", "priced", "missing"};
    return names[status];
}

static const row *find_row(const char *method)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].method, method) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

/* Adds "METHOD: text" to what is said so far. */
static void say(ng_extra *extra, const char *method, const char *text)
{
    const size_t length = strlen(extra->text);
    (void)snprintf(extra->text + length, sizeof extra->text - length, "%s%s: %s", length == 0 ? "" : "; ", method, text);
}

static void is_missing(ng_extra *extra, const char *method, const char *text)
{
    extra->status = NG_EXTRA_MISSING;
    extra->sites_per_mac = NAN;
    say(extra, method, text);
}

/* Adds a price. */
static void add_price(ng_extra *extra, double sites_per_mac)
{
    extra->status = extra->status == NG_EXTRA_MISSING ? NG_EXTRA_MISSING : NG_EXTRA_PRICED;
    extra->sites_per_mac += sites_per_mac;
}

/* ---- circuits ---------------------------------------------------------------------------------------------------- */

static bool text_is(const json_t *object, const char *key, const char *wanted)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && strcmp(text, wanted) == 0;
}

/* The first record whose field is `value`, of so many lanes, that passed its cases at that level; NULL without one. */
static const json_t *passed(const json_t *list, const char *key, const char *value, unsigned lanes, const char *level)
{
    const json_t *part;
    size_t i;
    json_array_foreach(list, i, part) {
        const json_t *mismatches = json_object_get(part, "mismatches");
        if (text_is(part, key, value) && text_is(part, "level", level) &&
            json_integer_value(json_object_get(part, "lanes")) == (json_int_t)lanes && json_is_integer(mismatches) &&
            json_integer_value(mismatches) == 0 && json_integer_value(json_object_get(part, "cases")) > 0) {
            return part;
        }
    }
    return NULL;
}

/* Honest sites of that circuit; NaN where it has not passed at both levels. */
static double sites_of(const json_t *list, const char *key, const char *value, unsigned lanes)
{
    const json_t *cost = json_object_get(passed(list, key, value, lanes, "netlist"), "cost");
    return passed(list, key, value, lanes, "rtl") != NULL ? ng_report_real(cost, "honest_sites") : NAN;
}

static void price_rotation(const ng_figures *figures, const ng_method_choice *choice, ng_extra *extra)
{
    const unsigned points = ng_rotation_points(choice);
    const double sites = sites_of(figures->parts, "unit", "hadamard", points);
    char text[256];
    if (points == 0) {
        is_missing(extra, "hadamard", "rotations as wide as a layer's channels: the circuit has 2 to 32 points "
                                      "(hadamard:size=32 is priced)");
    } else if (isnan(sites)) {
        (void)snprintf(text, sizeof text, "a transform of %u points, which this study has not checked and priced", points);
        is_missing(extra, "hadamard", text);
    } else {
        (void)snprintf(text, sizeof text, "a transform of %u points in front of the quantiser, %.0f honest sites / %u = %.1f per MAC",
                       points, sites, points, sites / points);
        add_price(extra, sites / points);
        say(extra, "hadamard", text);
    }
}

static void price_table_of_pair(const ng_figures *figures, size_t pair, unsigned bits, ng_extra *extra)
{
    const ng_report_pair *formats = &figures->pairs[pair];
    const json_t *tables = json_object_get(json_array_get(figures->points, pair), "tables");
    const double own = ng_report_real(json_object_get(ng_report_cost(figures, pair, formats->dot), "per_mac"), "honest_sites");
    ng_codebook table;
    ng_format format;
    char text[256];
    if (!ng_table_make(formats->weights, formats->activations, bits, &table, &format)) {
        is_missing(extra, "codebook", "no family multiplies such a table by these activations");
        return;
    }
    const double sites = sites_of(tables, "weights", table.name, NG_REPORT_LANES) / NG_REPORT_LANES;
    if (isnan(sites - own)) {
        is_missing(extra, "codebook", "a dot product with a table, which this study has not checked and priced");
        return;
    }
    (void)snprintf(text, sizeof text, "a table of %u values wired into each lane, one circuit for each layer: %.1f instead of %.1f per MAC",
                   1U << bits, sites, own);
    add_price(extra, sites - own);
    say(extra, "codebook", text);
}

static void price_table(const ng_figures *figures, int pair, const ng_method_choice *choice, ng_extra *extra)
{
    const unsigned bits = ng_table_bits(choice);
    char text[256];
    if (bits == 0) {
        is_missing(extra, "codebook", "tables of more than 5 index bits or of each channel, loaded in front of each lane's multiplier: "
                                      "circuits have up to 5 bits, wired in");
    } else if (pair == NG_REPORT_NONE) {
        (void)snprintf(text, sizeof text, "a table of %u values wired into each lane, one circuit for each layer; by pair, below", 1U << bits);
        add_price(extra, NAN);
        say(extra, "codebook", text);
    } else {
        price_table_of_pair(figures, (size_t)pair, bits, extra);
    }
}

/* ---- a recipe ---------------------------------------------------------------------------------------------------- */

static void add_method(const ng_figures *figures, int pair, const ng_method_choice *choice, ng_extra *extra)
{
    const row *found = find_row(choice->method->name);
    if (found == NULL) {
        is_missing(extra, choice->method->name, "a method that nothing is known of");
    } else if (found->kind == ROTATION) {
        price_rotation(figures, choice, extra);
    } else if (found->kind == TABLE) {
        price_table(figures, pair, choice, extra);
    } else if (found->kind == MISSING) {
        is_missing(extra, found->method, found->text);
    } else if (strcmp(found->method, "nearest") != 0) {
        say(extra, found->method, found->text);
    }
}

void ng_report_extra(const ng_figures *figures, int pair, const char *recipe, ng_extra *extra)
{
    ng_methods methods;
    *extra = (ng_extra){.status = NG_EXTRA_NOTHING};
    if (!ng_methods_read(recipe, &methods, NULL)) {
        is_missing(extra, "recipe", "its methods cannot be read");
        return;
    }
    for (size_t i = 0; i < methods.count; i++) {
        add_method(figures, pair, &methods.items[i], extra);
    }
    if (extra->text[0] == 0) {
        (void)snprintf(extra->text, sizeof extra->text, "the pair's circuit as it is");
    }
}
