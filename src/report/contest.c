#include "src/report/contest.h"

#include <math.h>
#include <string.h>

#include "model/format_name.h"

enum { WIDTH_MOST = 16, RECIPES_MOST = 64 };

/* Who wins at a pair of widths under a recipe. */
typedef struct {
    size_t network;
    unsigned weight_bits;
    unsigned activation_bits;
    const char *recipe;      /* "": any */
    const json_t *best[2];   /* accuracy records of integer and minifloat; NULL: none */
    size_t pair[2];
} contest;

static const char *const sides[] = {"integer", "minifloat"};

/* Bits of a scalar format by its name; 0 for anything else. */
static unsigned width_of(const char *name)
{
    ng_format format;
    const bool known = ng_format_parse(name, NULL, 0, &format, NULL) == NG_PARSE_OK;
    return known && format.block == 0 ? format.bits : 0;
}

static double top1_of(const json_t *accuracy)
{
    return accuracy != NULL ? ng_report_real(accuracy, "top1_pct") : -INFINITY;
}

static bool is_of_network(const ng_figures *figures, const json_t *accuracy, size_t network)
{
    const char *name = json_string_value(json_object_get(accuracy, "network"));
    return name != NULL && strcmp(name, ng_report_network(figures, network)) == 0;
}

static void consider(const ng_figures *figures, size_t pair, int side, contest *c)
{
    const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
    const json_t *accuracy;
    size_t i;
    json_array_foreach(list, i, accuracy) {
        const bool asked = ng_report_has_cost(accuracy) &&
                           (c->recipe[0] == 0 || strcmp(ng_report_recipe(accuracy), c->recipe) == 0);
        if (asked && is_of_network(figures, accuracy, c->network) && top1_of(accuracy) > top1_of(c->best[side])) {
            c->best[side] = accuracy;
            c->pair[side] = pair;
        }
    }
}

/* True if both sides have been measured. */
static bool hold(const ng_figures *figures, contest *c)
{
    c->best[0] = c->best[1] = NULL;
    for (size_t i = 0; i < figures->pair_count; i++) {
        const ng_report_pair *pair = &figures->pairs[i];
        if (pair->verified && width_of(pair->weights) == c->weight_bits && width_of(pair->activations) == c->activation_bits) {
            for (int side = 0; side < 2; side++) {
                if (strcmp(pair->family, sides[side]) == 0) {
                    consider(figures, i, side, c);
                }
            }
        }
    }
    return c->best[0] != NULL && c->best[1] != NULL;
}

static double lead_of(const contest *c)
{
    return top1_of(c->best[1]) - top1_of(c->best[0]);
}

/* NaN where one is missing. */
static double interval_of(const contest *c)
{
    return hypot(ng_report_real(c->best[0], "interval95_pct"), ng_report_real(c->best[1], "interval95_pct"));
}

static json_t *pair_name(const ng_figures *figures, size_t pair)
{
    const ng_report_pair *formats = &figures->pairs[pair];
    return strcmp(formats->weights, formats->activations) == 0
               ? json_string(formats->weights)
               : json_sprintf("%s x %s", formats->weights, formats->activations);
}

static void add_entry(const ng_figures *figures, const contest *c, json_t *list)
{
    const double interval = interval_of(c);
    (void)json_array_append_new(
        list, json_pack("{s:I, s:i, s:i, s:s, s:o, s:f, s:o, s:f, s:f, s:o}", "network", (json_int_t)c->network, "weight_bits",
                        (int)c->weight_bits, "activation_bits", (int)c->activation_bits, "recipe", c->recipe, "integer",
                        pair_name(figures, c->pair[0]), "integer_top1_pct", top1_of(c->best[0]), "minifloat",
                        pair_name(figures, c->pair[1]), "minifloat_top1_pct", top1_of(c->best[1]), "lead_points", lead_of(c),
                        "interval95_pct", isnan(interval) ? json_null() : json_real(interval)));
}

/* The recipes of all records, each once, behind "". */
static size_t list_recipes(const ng_figures *figures, const char *recipes[RECIPES_MOST])
{
    size_t count = 1;
    recipes[0] = "";
    for (size_t pair = 0; pair < figures->pair_count; pair++) {
        const json_t *list = json_object_get(json_array_get(figures->points, pair), "accuracy");
        const json_t *accuracy;
        size_t i;
        json_array_foreach(list, i, accuracy) {
            size_t at = 1;
            while (at < count && strcmp(recipes[at], ng_report_recipe(accuracy)) != 0) {
                at++;
            }
            if (at == count && count < RECIPES_MOST) {
                recipes[count++] = ng_report_recipe(accuracy);
            }
        }
    }
    return count;
}

/* Whether any pair has these widths: most combinations are none. */
static bool has_widths(const ng_figures *figures, unsigned weight, unsigned activation)
{
    for (size_t i = 0; i < figures->pair_count; i++) {
        if (width_of(figures->pairs[i].weights) == weight && width_of(figures->pairs[i].activations) == activation) {
            return true;
        }
    }
    return false;
}

static void add_width(const ng_figures *figures, contest *c, const char *const recipes[], size_t count, json_t *list)
{
    for (c->network = 0; c->network < figures->network_count; c->network++) {
        for (size_t i = 0; i < count; i++) {
            c->recipe = recipes[i];
            if (hold(figures, c)) {
                add_entry(figures, c, list);
            }
        }
    }
}

json_t *ng_report_contest(const ng_figures *figures)
{
    const char *recipes[RECIPES_MOST];
    const size_t count = list_recipes(figures, recipes);
    json_t *list = json_array();
    contest c = {.network = 0};
    for (c.weight_bits = 2; list != NULL && c.weight_bits <= WIDTH_MOST; c.weight_bits++) {
        for (c.activation_bits = 2; c.activation_bits <= WIDTH_MOST; c.activation_bits++) {
            if (has_widths(figures, c.weight_bits, c.activation_bits)) {
                add_width(figures, &c, recipes, count, list);
            }
        }
    }
    return list;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

typedef enum { MINIFLOAT_LEADS = 0, INTEGER_LEADS = 1, NEITHER_LEADS = 2 } outcome;

static outcome outcome_of(const contest *c)
{
    const double lead = lead_of(c);
    const double interval = isnan(interval_of(c)) ? 0 : interval_of(c);
    return lead > interval ? MINIFLOAT_LEADS : lead < -interval ? INTEGER_LEADS : NEITHER_LEADS;
}

/* " at 4 bits (e2m1 +2.3), 5 bits (...)"; false and nothing for an outcome that no width has. */
static bool print_outcome(FILE *stream, const ng_figures *figures, size_t network, outcome wanted, const char *words, bool first)
{
    bool any = false;
    for (unsigned bits = 2; bits <= WIDTH_MOST; bits++) {
        contest c = {.network = network, .weight_bits = bits, .activation_bits = bits, .recipe = ""};
        if (!has_widths(figures, bits, bits) || !hold(figures, &c) || outcome_of(&c) != wanted) {
            continue;
        }
        fprintf(stream, "%s%s at %u bits (%s against %s, %+.2f points)", any ? "," : first ? " " : "; ", any ? "" : words, bits,
                figures->pairs[c.pair[1]].weights, figures->pairs[c.pair[0]].weights, lead_of(&c));
        any = true;
    }
    return any;
}

void ng_report_print_contest(FILE *stream, const ng_figures *figures, size_t network)
{
    static const char *const words[] = {"minifloats are more accurate", "integers are more accurate",
                                        "the difference is within its 95 % interval"};
    bool any = false;
    fprintf(stream, "%s, weights and activations equally wide, best over recipes:", ng_report_network(figures, network));
    for (outcome i = MINIFLOAT_LEADS; i <= NEITHER_LEADS; i++) {
        any = print_outcome(stream, figures, network, i, words[i], !any) || any;
    }
    ng_family list[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, list);
    fprintf(stream, "%s. Of %zu pairs on the front of accuracy against area", any ? "" : " no width has both",
            ng_report_count_front(figures, network, NULL));
    for (size_t i = 0; i < count; i++) {
        fprintf(stream, "%s%s %zu", i == 0 ? " (" : ", ", ng_family_name(list[i]),
                ng_report_count_front(figures, network, ng_family_name(list[i])));
    }
    fputs(count == 0 ? "." : ").", stream);
}
