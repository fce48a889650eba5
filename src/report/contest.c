#include "src/report/contest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/format_name.h"
#include "src/pareto/pareto.h"

enum { WIDTH_LEAST = 2, WIDTH_MOST = 16, CLAIMED_FROM = 4, NO_PAIR = -1 };

typedef enum { HOLDS = 0, FAILS = 1, OPEN = 2, MISSING = 3, VERDICTS = 4 } verdict;

static const char *const verdict_names[VERDICTS] = {"holds", "does not hold", "not separable (intervals overlap)", "missing"};

/* A pair as the recipe has it. Numbers NaN: missing. */
typedef struct {
    const json_t *record; /* NULL: not measured */
    double top1;
    double interval;
    double sites;
    unsigned weight_bits; /* 0: no scalar format */
    unsigned activation_bits;
} cell;

/* All pairs on one network under one recipe. */
typedef struct {
    const ng_figures *figures;
    size_t network;
    const char *recipe; /* "": the best of all */
    cell *cells;        /* of each pair */
} field;

/* The two sides at a pair of widths; NO_PAIR: none. */
typedef struct {
    unsigned weight_bits;
    unsigned activation_bits;
    int integer;
    int minifloat;
} contest;

/* ---- the field --------------------------------------------------------------------------------------------------- */

/* Bits of a scalar format by its name; 0 for anything else. */
static unsigned width_of(const char *name)
{
    ng_format format;
    const bool known = ng_format_parse(name, NULL, 0, &format, NULL) == NG_PARSE_OK;
    return known && format.block == 0 ? format.bits : 0;
}

static void fill_cell(field *f, size_t pair)
{
    const ng_report_pair *formats = &f->figures->pairs[pair];
    const int index =
        formats->verified ? ng_report_best(f->figures, pair, f->network, f->recipe[0] == 0 ? NULL : f->recipe) : NG_REPORT_NONE;
    const json_t *list = json_object_get(json_array_get(f->figures->points, pair), "accuracy");
    cell *c = &f->cells[pair];
    c->record = index < 0 ? NULL : json_array_get(list, (size_t)index);
    c->top1 = ng_report_real(c->record, "top1_pct");
    c->interval = ng_report_real(c->record, "interval95_pct");
    c->sites = ng_report_real(json_object_get(ng_report_cost(f->figures, pair, formats->dot), "per_mac"), "honest_sites");
    c->weight_bits = width_of(formats->weights);
    c->activation_bits = width_of(formats->activations);
}

static bool make_field(const ng_figures *figures, field *f)
{
    *f = (field){.figures = figures, .recipe = "", .cells = calloc(figures->pair_count + 1, sizeof(cell))};
    return f->cells != NULL;
}

static void fill(field *f, size_t network, const char *recipe)
{
    f->network = network;
    f->recipe = recipe;
    for (size_t i = 0; i < f->figures->pair_count; i++) {
        fill_cell(f, i);
    }
}

/* The most accurate pair of the family at these widths. */
static int best_of(const field *f, const char *family, unsigned weight_bits, unsigned activation_bits)
{
    int best = NO_PAIR;
    for (size_t i = 0; i < f->figures->pair_count; i++) {
        const cell *c = &f->cells[i];
        if (c->record != NULL && c->weight_bits == weight_bits && c->activation_bits == activation_bits &&
            strcmp(f->figures->pairs[i].family, family) == 0 && (best == NO_PAIR || c->top1 > f->cells[best].top1)) {
            best = (int)i;
        }
    }
    return best;
}

/* False where neither side was measured. */
static bool hold(const field *f, unsigned weight_bits, unsigned activation_bits, contest *c)
{
    *c = (contest){weight_bits, activation_bits, best_of(f, "integer", weight_bits, activation_bits),
                   best_of(f, "minifloat", weight_bits, activation_bits)};
    return c->integer != NO_PAIR || c->minifloat != NO_PAIR;
}

/* ---- verdicts ---------------------------------------------------------------------------------------------------- */

/* Where a's interval lies against b's: HOLDS above, FAILS below, OPEN over it. */
static verdict compare(const cell *a, const cell *b)
{
    if (isnan(a->interval) || isnan(b->interval) || isnan(a->top1) || isnan(b->top1)) {
        return MISSING;
    }
    return a->top1 - a->interval > b->top1 + b->interval   ? HOLDS
           : a->top1 + a->interval < b->top1 - b->interval ? FAILS
                                                           : OPEN;
}

static verdict accuracy_verdict(const field *f, const contest *c)
{
    return c->integer == NO_PAIR || c->minifloat == NO_PAIR ? MISSING : compare(&f->cells[c->minifloat], &f->cells[c->integer]);
}

static bool dominates(const cell *a, const cell *b)
{
    static const ng_objective objectives[] = {{"sites_per_mac", NG_MINIMISE}, {"top1_pct", NG_MAXIMISE}};
    const double left[] = {a->sites, a->top1};
    const double right[] = {b->sites, b->top1};
    return ng_dominates(objectives, 2, left, right);
}

/* The most accurate pair that dominates the integer. */
static int beaten_by(const field *f, const contest *c)
{
    int best = NO_PAIR;
    for (size_t i = 0; c->integer != NO_PAIR && i < f->figures->pair_count; i++) {
        if (dominates(&f->cells[i], &f->cells[c->integer]) && (best == NO_PAIR || f->cells[i].top1 > f->cells[best].top1)) {
            best = (int)i;
        }
    }
    return best;
}

/* One pair that beats it separably is enough. */
static verdict front_verdict(const field *f, const contest *c)
{
    if (c->integer == NO_PAIR || isnan(f->cells[c->integer].sites) || isnan(f->cells[c->integer].interval)) {
        return MISSING;
    }
    verdict found = HOLDS;
    for (size_t i = 0; i < f->figures->pair_count; i++) {
        if (dominates(&f->cells[i], &f->cells[c->integer])) {
            found = found == FAILS || compare(&f->cells[i], &f->cells[c->integer]) == HOLDS ? FAILS : OPEN;
        }
    }
    return found;
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */

static json_t *real_or_null(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *index_or_null(int pair)
{
    return pair == NO_PAIR ? json_null() : json_integer(pair);
}

static json_t *side(const field *f, int pair)
{
    if (pair == NO_PAIR) {
        return json_null();
    }
    const cell *c = &f->cells[pair];
    return json_pack("{s:i, s:s, s:o, s:o, s:o}", "pair", pair, "recipe", ng_report_recipe(c->record), "top1_pct",
                     real_or_null(c->top1), "interval95_pct", real_or_null(c->interval), "sites_per_mac", real_or_null(c->sites));
}

static void add_entry(const field *f, const contest *c, json_t *list)
{
    const bool both = c->integer != NO_PAIR && c->minifloat != NO_PAIR;
    const double lead = both ? f->cells[c->minifloat].top1 - f->cells[c->integer].top1 : NAN;
    if (!both && f->recipe[0] != 0) {
        return;
    }
    (void)json_array_append_new(
        list, json_pack("{s:I, s:s, s:i, s:i, s:o, s:o, s:o, s:s, s:s, s:o}", "network", (json_int_t)f->network, "recipe", f->recipe,
                        "weight_bits", (int)c->weight_bits, "activation_bits", (int)c->activation_bits, "integer",
                        side(f, c->integer), "minifloat", side(f, c->minifloat), "lead_points", real_or_null(lead), "accuracy",
                        verdict_names[accuracy_verdict(f, c)], "front", verdict_names[front_verdict(f, c)], "beaten_by",
                        index_or_null(beaten_by(f, c))));
}

/* "" and the recipes of all records. */
static size_t list_recipes(const ng_figures *figures, const char *recipes[NG_REPORT_RECIPES_MOST + 1])
{
    recipes[0] = "";
    return ng_report_recipes(figures, recipes + 1) + 1;
}

static void add_field(const field *f, json_t *list)
{
    for (unsigned weight_bits = WIDTH_LEAST; weight_bits <= WIDTH_MOST; weight_bits++) {
        for (unsigned activation_bits = WIDTH_LEAST; activation_bits <= WIDTH_MOST; activation_bits++) {
            contest c;
            if (hold(f, weight_bits, activation_bits, &c)) {
                add_entry(f, &c, list);
            }
        }
    }
}

json_t *ng_report_contest(const ng_figures *figures)
{
    const char *recipes[NG_REPORT_RECIPES_MOST + 1];
    const size_t count = list_recipes(figures, recipes);
    json_t *list = json_array();
    field f;
    if (!make_field(figures, &f)) {
        json_decref(list);
        return NULL;
    }
    for (size_t network = 0; network < figures->network_count; network++) {
        for (size_t i = 0; i < count; i++) {
            fill(&f, network, recipes[i]);
            add_field(&f, list);
        }
    }
    free(f.cells);
    return list;
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

typedef verdict judge(const field *f, const contest *c);

/* The widths that the paper's conclusions are about, and that have both kinds: the next after c; false behind the last. */
static bool next_claimed(const field *f, contest *c)
{
    for (unsigned i = c->weight_bits * (WIDTH_MOST + 1) + c->activation_bits + 1; i < (WIDTH_MOST + 1) * (WIDTH_MOST + 1); i++) {
        const unsigned weight_bits = i / (WIDTH_MOST + 1);
        const unsigned activation_bits = i % (WIDTH_MOST + 1);
        if (weight_bits >= CLAIMED_FROM && activation_bits >= CLAIMED_FROM && hold(f, weight_bits, activation_bits, c) &&
            c->integer != NO_PAIR && c->minifloat != NO_PAIR) {
            return true;
        }
    }
    return false;
}

static json_int_t count_verdicts(const field *f, judge *of, verdict wanted)
{
    json_int_t count = 0;
    contest c = {.weight_bits = 0};
    while (next_claimed(f, &c)) {
        count += of(f, &c) == wanted;
    }
    return count;
}

/* "holds at 2 of 5 (W4A4, W8A8), does not hold at 1 (...)"; what there is none of is not named. */
static void print_verdicts(FILE *stream, const field *f, judge *of)
{
    json_int_t all = 0;
    const char *comma = "";
    for (verdict i = HOLDS; i < VERDICTS; i++) {
        all += count_verdicts(f, of, i);
    }
    for (verdict wanted = HOLDS; wanted < VERDICTS; wanted++) {
        const json_int_t count = count_verdicts(f, of, wanted);
        contest c = {.weight_bits = 0};
        if (count == 0) {
            continue;
        }
        fprintf(stream, "%s%s at %lld of %lld", comma, verdict_names[wanted], (long long)count, (long long)all);
        for (const char *open = " ("; next_claimed(f, &c);) {
            if (of(f, &c) == wanted) {
                fprintf(stream, "%sW%uA%u", open, c.weight_bits, c.activation_bits);
                open = ", ";
            }
        }
        fputc(')', stream);
        comma = "; ";
    }
    fputs(all == 0 ? "missing: no widths from 4 bits up with both kinds. " : ". ", stream);
}

static json_t *claim(const field *f)
{
    judge *const judges[] = {accuracy_verdict, front_verdict};
    json_t *lists[2];
    for (size_t i = 0; i < 2; i++) {
        lists[i] = json_array();
        for (verdict v = HOLDS; v < VERDICTS; v++) {
            (void)json_array_append_new(lists[i], json_integer(count_verdicts(f, judges[i], v)));
        }
    }
    return json_pack("{s:I, s:s, s:o, s:o}", "network", (json_int_t)f->network, "recipe", f->recipe, "accuracy", lists[0], "front",
                     lists[1]);
}

json_t *ng_report_claims(const ng_figures *figures)
{
    const char *recipes[NG_REPORT_RECIPES_MOST + 1];
    const size_t count = list_recipes(figures, recipes);
    json_t *list = json_array();
    field f;
    if (!make_field(figures, &f)) {
        json_decref(list);
        return NULL;
    }
    for (size_t network = 0; network < figures->network_count; network++) {
        for (size_t i = 0; i < count; i++) {
            fill(&f, network, recipes[i]);
            (void)json_array_append_new(list, claim(&f));
        }
    }
    free(f.cells);
    return list;
}

static void print_families(FILE *stream, const ng_figures *figures, size_t network)
{
    ng_family list[NG_FAMILY_COUNT];
    const size_t count = ng_report_families(figures, list);
    fprintf(stream, "Pairs on the front of accuracy against area: %zu", ng_report_count_front(figures, network, NULL));
    for (size_t i = 0; i < count; i++) {
        fprintf(stream, "%s%s %zu", i == 0 ? " (" : ", ", ng_family_name(list[i]),
                ng_report_count_front(figures, network, ng_family_name(list[i])));
    }
    fputs(count == 0 ? "." : ").", stream);
}

void ng_report_print_contest(FILE *stream, const ng_figures *figures, size_t network)
{
    field f;
    fprintf(stream, "%s, best over recipes. Minifloats are more accurate from 4 bits up: ", ng_report_network(figures, network));
    if (!make_field(figures, &f)) {
        return;
    }
    fill(&f, network, "");
    print_verdicts(stream, &f, accuracy_verdict);
    fputs("Integers stay Pareto-optimal: ", stream);
    print_verdicts(stream, &f, front_verdict);
    print_families(stream, figures, network);
    free(f.cells);
}
