#include "src/report/extras.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "src/study/rotation.h"

typedef enum { NOTHING, ROTATION, MISSING } kind;

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

/* ---- the Hadamard transform -------------------------------------------------------------------------------------- */

static bool text_is(const json_t *object, const char *key, const char *wanted)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL && strcmp(text, wanted) == 0;
}

/* The record of a hadamard of n points that passed its cases at that level; NULL without one. */
static const json_t *passed(const json_t *parts, unsigned points, const char *level)
{
    const json_t *part;
    size_t i;
    json_array_foreach(parts, i, part) {
        const json_t *mismatches = json_object_get(part, "mismatches");
        if (text_is(part, "unit", "hadamard") && text_is(part, "level", level) &&
            json_integer_value(json_object_get(part, "lanes")) == (json_int_t)points && json_is_integer(mismatches) &&
            json_integer_value(mismatches) == 0 && json_integer_value(json_object_get(part, "cases")) > 0) {
            return part;
        }
    }
    return NULL;
}

static void price_rotation(const ng_method_choice *choice, const json_t *parts, ng_extra *extra)
{
    const unsigned points = ng_rotation_points(choice);
    char text[256];
    if (points == 0) {
        is_missing(extra, "hadamard", "rotations as wide as a layer's channels: the circuit has 2 to 32 points "
                                      "(hadamard:size=32 is priced)");
        return;
    }
    const json_t *cost = json_object_get(passed(parts, points, "netlist"), "cost");
    const json_t *sites = json_object_get(cost, "honest_sites");
    if (passed(parts, points, "rtl") == NULL || !json_is_number(sites)) {
        (void)snprintf(text, sizeof text, "a transform of %u points, which this study has not checked and priced", points);
        is_missing(extra, "hadamard", text);
        return;
    }
    (void)snprintf(text, sizeof text, "a transform of %u points in front of the quantiser, %.0f honest sites / %u = %.1f per MAC",
                   points, json_number_value(sites), points, json_number_value(sites) / points);
    extra->status = extra->status == NG_EXTRA_MISSING ? NG_EXTRA_MISSING : NG_EXTRA_PRICED;
    extra->sites_per_mac += json_number_value(sites) / points;
    say(extra, "hadamard", text);
}

/* ---- a recipe ---------------------------------------------------------------------------------------------------- */

static void add_method(const ng_method_choice *choice, const json_t *parts, ng_extra *extra)
{
    const row *found = find_row(choice->method->name);
    if (found == NULL) {
        is_missing(extra, choice->method->name, "a method that nothing is known of");
    } else if (found->kind == ROTATION) {
        price_rotation(choice, parts, extra);
    } else if (found->kind == MISSING) {
        is_missing(extra, found->method, found->text);
    } else if (strcmp(found->method, "nearest") != 0) {
        say(extra, found->method, found->text);
    }
}

void ng_report_extra(const char *recipe, const json_t *parts, ng_extra *extra)
{
    ng_methods methods;
    *extra = (ng_extra){.status = NG_EXTRA_NOTHING};
    if (!ng_methods_read(recipe, &methods, NULL)) {
        is_missing(extra, "recipe", "its methods cannot be read");
        return;
    }
    for (size_t i = 0; i < methods.count; i++) {
        add_method(&methods.items[i], parts, extra);
    }
    if (extra->text[0] == 0) {
        (void)snprintf(extra->text, sizeof extra->text, "the pair's circuit as it is");
    }
}
