#include "src/study/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/study/method_parts.h"

/* Room for twice as many jobs; false when memory is out. */
static bool grow(ng_study_plan *plan)
{
    const size_t room = plan->room == 0 ? 64 : 2 * plan->room;
    ng_job *jobs = realloc(plan->jobs, room * sizeof *jobs);
    if (jobs == NULL) {
        return false;
    }
    plan->jobs = jobs;
    ng_study_plan_item *items = realloc(plan->items, room * sizeof *items);
    if (items == NULL) {
        return false;
    }
    plan->items = items;
    plan->room = room;
    return true;
}

/* Adds an empty job; NULL when memory is out. */
static ng_study_plan_item *new_item(ng_study_plan *plan, ng_study_plan_kind kind, double weight, const char *label)
{
    if (plan->count == plan->room && !grow(plan)) {
        return NULL;
    }
    ng_study_plan_item *item = &plan->items[plan->count];
    *item = (ng_study_plan_item){.kind = kind};
    ng_job_start(&plan->jobs[plan->count++], weight, label);
    return item;
}

static ng_job *last_job(const ng_study_plan *plan)
{
    return &plan->jobs[plan->count - 1];
}

static bool words(ng_study_plan *plan, const char *const list[], ng_error *error)
{
    bool fine = true;
    for (size_t i = 0; fine && list[i] != NULL; i++) {
        fine = ng_job_word(last_job(plan), list[i], error);
    }
    return fine;
}

static bool number_word(ng_study_plan *plan, const char *option, unsigned value, ng_error *error)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%u", value);
    return words(plan, (const char *const[]){option, text, NULL}, error);
}

/* Expected processor seconds of one unit's bench, in proportion: wide sums and many lanes take longer. */
static double bench_weight(ng_unit_kind kind, const ng_pair *pair)
{
    const unsigned bits = ng_sum_bits(pair->weight, pair->activation, 32);
    return kind == NG_UNIT_DOT ? 3 + bits / 12.0 : kind == NG_UNIT_MUL ? 0.5 : 1 + bits / 50.0;
}

/* Pairs per bench: enough to share Verilator's start-up, few enough to keep both processors busy. */
static size_t batch_size(ng_unit_kind kind)
{
    return kind == NG_UNIT_DOT ? 4 : kind == NG_UNIT_MUL ? NG_BATCH_MAX : 16;
}

static bool start_rtl(ng_study_plan *plan, const ng_study *study, ng_unit_kind kind, unsigned lanes,
                      const ng_study_plan_options *options, ng_error *error)
{
    char label[80];
    (void)snprintf(label, sizeof label, "verify RTL %s", ng_unit_kind_name(kind));
    ng_study_plan_item *item = new_item(plan, NG_PLAN_RTL, 0, label);
    if (item == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    item->unit = kind;
    const char *const list[] = {"verify", "--json", "--unit", ng_unit_kind_name(kind), "--rtl", options->rtl, NULL};
    return words(plan, list, error) && number_word(plan, "--lanes", lanes, error) &&
           number_word(plan, "--seed", study->seed, error);
}

/* One bench for every few pairs. A block format's dot has the lanes of its block (lanes 0 here), whatever is asked. */
static bool plan_rtl(ng_study_plan *plan, const ng_study *study, ng_unit_kind kind, unsigned lanes, bool blocks,
                     const ng_study_plan_options *options, ng_error *error)
{
    size_t in_batch = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        const ng_request request = ng_study_request(&study->pairs[i], kind, lanes);
        ng_datapath path;
        char word[NG_JOB_WORD_SIZE];
        if ((request.weight->block != 0) != blocks || ng_datapath_init(&path, &request) != NG_OK) {
            continue;
        }
        if (in_batch == 0 && !start_rtl(plan, study, kind, lanes, options, error)) {
            return false;
        }
        ng_study_plan_item *item = &plan->items[plan->count - 1];
        (void)snprintf(word, sizeof word, "%s:%s", path.weight->name, path.activation->name);
        if (!ng_job_word(last_job(plan), word, error)) {
            return false;
        }
        item->pairs[item->pair_count++] = i;
        last_job(plan)->weight += bench_weight(kind, &study->pairs[i]);
        in_batch = (in_batch + 1) % batch_size(kind);
    }
    return true;
}

/* The scalar dot products of every length that is priced, 32 if none is. */
static bool plan_rtl_dots(ng_study_plan *plan, const ng_study *study, const ng_study_plan_options *options,
                          ng_error *error)
{
    bool planned[NG_LANES_MAX + 1] = {false};
    bool any = false;
    bool fine = true;
    for (size_t i = 0; fine && i < study->cost_count; i++) {
        const ng_study_cost *row = &study->costs[i];
        if (row->kind == NG_UNIT_DOT && row->lanes <= NG_LANES_MAX && !planned[row->lanes]) {
            planned[row->lanes] = any = true;
            fine = plan_rtl(plan, study, NG_UNIT_DOT, row->lanes, false, options, error);
        }
    }
    return fine && (any || plan_rtl(plan, study, NG_UNIT_DOT, 0, false, options, error));
}

/* A unit in DSP blocks, a pair at a time, as each row prices it. */
static bool plan_rtl_blocks(ng_study_plan *plan, const ng_study *study, ng_unit_kind kind, const ng_study_plan_options *options,
                            ng_error *error)
{
    bool fine = true;
    for (size_t i = 0; fine && i < study->cost_count * study->pair_count; i++) {
        const ng_study_cost *row = &study->costs[i / study->pair_count];
        const size_t pair = i % study->pair_count;
        ng_request request = ng_study_request(&study->pairs[pair], kind, row->lanes);
        ng_datapath path;
        char word[NG_JOB_WORD_SIZE];
        request.width = row->width;
        if (row->kind != kind || ng_datapath_init(&path, &request) != NG_OK) {
            continue;
        }
        (void)snprintf(word, sizeof word, "%s:%s", path.weight->name, path.activation->name);
        fine = start_rtl(plan, study, kind, row->lanes, options, error) && number_word(plan, "--width", row->width, error) &&
               ng_job_word(last_job(plan), word, error);
        if (fine) {
            ng_study_plan_item *item = &plan->items[plan->count - 1];
            item->pairs[item->pair_count++] = pair;
            last_job(plan)->weight += bench_weight(NG_UNIT_DOT, &study->pairs[pair]);
        }
    }
    return fine;
}

static bool plan_rtl_kind(ng_study_plan *plan, const ng_study *study, ng_unit_kind kind,
                          const ng_study_plan_options *options, ng_error *error)
{
    if (ng_study_packs(kind)) {
        return plan_rtl_blocks(plan, study, kind, options, error);
    }
    return (kind == NG_UNIT_DOT ? plan_rtl_dots(plan, study, options, error)
                                : plan_rtl(plan, study, kind, 0, false, options, error)) &&
           plan_rtl(plan, study, kind, 0, true, options, error);
}

static bool plan_netlist(ng_study_plan *plan, const ng_study *study, size_t pair, size_t cost, const ng_study_plan_options *options,
                         ng_error *error)
{
    const ng_study_cost *row = &study->costs[cost];
    ng_request request = ng_study_request(&study->pairs[pair], row->kind, row->lanes);
    ng_datapath path;
    char label[160];
    request.width = row->width;
    if (ng_datapath_init(&path, &request) != NG_OK) {
        return true;
    }
    (void)snprintf(label, sizeof label, "price %s %s x %s on %s", ng_unit_kind_name(row->kind), path.weight->name,
                   path.activation->name, row->target);
    const double weight = row->kind == NG_UNIT_DOT ? 8 + path.sum_bits / 12.0 : 6;
    ng_study_plan_item *item = new_item(plan, NG_PLAN_NETLIST, weight, label);
    if (item == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    item->unit = row->kind;
    item->cost = cost;
    item->pairs[item->pair_count++] = pair;
    const char *const list[] = {"verify",    "--json",          "--level",       "netlist",
                                "--unit",    ng_unit_kind_name(row->kind),       "--weights",
                                path.weight->name, "--activations", path.activation->name, "--target",
                                row->target, "--rtl",           options->rtl,    NULL};
    const char *const prove[] = {"--prove", NULL};
    return words(plan, list, error) && (!options->prove || words(plan, prove, error)) &&
           (!ng_study_packs(row->kind) || number_word(plan, "--width", row->width, error)) &&
           number_word(plan, "--lanes", request.lanes, error) && number_word(plan, "--seed", study->seed, error);
}

static bool option_words(ng_study_plan *plan, const char *option, const char *value, ng_error *error)
{
    return value[0] == 0 || words(plan, (const char *const[]){option, value, NULL}, error);
}

static bool setting_words(ng_study_plan *plan, const ng_study *study, size_t recipe, ng_error *error)
{
    return option_words(plan, "--recipe", study->recipes[recipe], error) &&
           option_words(plan, "--weight-granularity", study->granularity, error) &&
           option_words(plan, "--scales", study->scales, error) && option_words(plan, "--bias", study->bias, error) &&
           option_words(plan, "--first", study->first, error) && option_words(plan, "--last", study->last, error);
}

/* The accuracy of a pair on a network, or (COMPARE) that and its emulation, which share all options. */
static bool plan_accuracy(ng_study_plan *plan, const ng_study *study, ng_study_plan_kind kind, size_t pair, size_t network,
                          size_t recipe, const ng_study_plan_options *options, ng_error *error)
{
    const char *verb = kind == NG_PLAN_COMPARE ? "compare" : "accuracy";
    const ng_pair *formats = &study->pairs[pair];
    const unsigned bits = ng_sum_bits(formats->weight, formats->activation, 576);
    char label[160];
    (void)snprintf(label, sizeof label, "%s of %s in %s x %s, %.48s", verb, study->networks[network], formats->weight->name,
                   formats->activation->name, study->recipes[recipe]);
    const double seconds = formats->weight->block != 0 ? 10 : bits > 53 ? 25 : bits > 24 ? 8 : 5;
    const double emulation = 3;
    ng_study_plan_item *item = new_item(plan, kind, kind == NG_PLAN_COMPARE ? seconds + emulation : seconds, label);
    if (item == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    item->network = network;
    item->recipe = recipe;
    item->pairs[item->pair_count++] = pair;
    const char *const list[] = {verb,            "--json",      "--network",     study->networks[network],
                                "--weights",     formats->weight->name,          "--activations",
                                formats->activation->name,      "--calibration", study->calibration,
                                "--data",        options->data, NULL};
    const char *const dataset[] = {"--dataset", options->dataset, NULL};
    return words(plan, list, error) && setting_words(plan, study, recipe, error) &&
           (options->dataset == NULL || words(plan, dataset, error)) &&
           number_word(plan, "--images", study->images, error) &&
           number_word(plan, "--seed", study->seed, error);
}

/* Light, so that it starts when the netlist it runs has long been made. */
static bool plan_energy(ng_study_plan *plan, const ng_study *study, size_t pair, const ng_study_plan_options *options,
                        ng_error *error)
{
    const ng_pair *formats = &study->pairs[pair];
    const ng_request request = ng_study_request(formats, NG_UNIT_MAC, 0);
    ng_datapath path;
    char label[160];
    if (ng_datapath_init(&path, &request) != NG_OK) {
        return true;
    }
    (void)snprintf(label, sizeof label, "energy of mac %s x %s on xc7", formats->weight->name, formats->activation->name);
    ng_study_plan_item *item = new_item(plan, NG_PLAN_ENERGY, 1, label);
    if (item == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    item->pairs[item->pair_count++] = pair;
    const char *const list[] = {"energy",        "--json",      "--unit",        "mac",
                                "--target",      "xc7",         "--network",     study->networks[0],
                                "--weights",     formats->weight->name,          "--activations",
                                formats->activation->name,      "--calibration", study->calibration,
                                "--data",        options->data, "--rtl",         options->rtl, NULL};
    return words(plan, list, error) && number_word(plan, "--seed", study->seed, error);
}

/* A Hadamard transform, on words of 8 bits, as a recipe puts it in front of the quantiser. */
static bool plan_rotation(ng_study_plan *plan, const ng_study *study, unsigned points, const char *level,
                          const ng_study_plan_options *options, ng_error *error)
{
    char label[80];
    (void)snprintf(label, sizeof label, "verify %s of hadamard, %u points", level, points);
    if (new_item(plan, NG_PLAN_PART, 6, label) == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    const char *const list[] = {"verify",    "--json", "--level",       level,  "--unit",   "hadamard", "--weights",
                                "int8",      "--activations", "int8",   "--target", "xc7", "--rtl",     options->rtl, NULL};
    return words(plan, list, error) && number_word(plan, "--lanes", points, error) &&
           number_word(plan, "--seed", study->seed, error);
}

/* Each size of transform once. */
static bool plan_rotations(ng_study_plan *plan, const ng_study *study, const ng_study_plan_options *options, ng_error *error)
{
    bool planned[NG_ROTATION_POINTS_MOST + 1] = {false};
    bool fine = true;
    for (size_t i = 0; fine && study->network_count != 0 && i < study->recipe_count; i++) {
        const unsigned points = ng_recipe_rotation_points(study->recipes[i]);
        if (points != 0 && !planned[points]) {
            planned[points] = true;
            fine = plan_rotation(plan, study, points, "rtl", options, error) &&
                   plan_rotation(plan, study, points, "netlist", options, error);
        }
    }
    return fine;
}

/* A pair's dot product whose weights are indices into a table (ng_table_make), as a recipe with codebooks has it. */
static bool plan_table(ng_study_plan *plan, const ng_study *study, size_t pair, const ng_codebook *table, const char *level,
                       const ng_study_plan_options *options, ng_error *error)
{
    const char *activations = study->pairs[pair].activation->name;
    char label[160];
    char file[NG_PATH_SIZE];
    (void)snprintf(label, sizeof label, "verify %s of dot %s x %s", level, table->name, activations);
    ng_study_plan_item *item = new_item(plan, NG_PLAN_PART, 10, label);
    if (item == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "plan: out of memory");
    }
    item->pairs[item->pair_count++] = pair;
    const char *const list[] = {"verify",    "--json", "--level",       level,       "--unit",   "dot", "--weights",
                                table->name, "--activations", activations, "--target", "xc7", "--rtl", options->rtl, NULL};
    return ng_path(file, error, NG_STUDY_TABLES "/%s.txt", table->name) && words(plan, list, error) &&
           words(plan, (const char *const[]){"--codebook", file, NULL}, error) &&
           number_word(plan, "--lanes", 32, error) && number_word(plan, "--seed", study->seed, error);
}

/* Each size of table once. */
static bool plan_tables(ng_study_plan *plan, const ng_study *study, size_t pair, const ng_study_plan_options *options, ng_error *error)
{
    bool planned[NG_TABLE_BITS_MOST + 1] = {false};
    bool fine = true;
    for (size_t i = 0; fine && study->network_count != 0 && i < study->recipe_count; i++) {
        const unsigned bits = ng_recipe_table_bits(study->recipes[i]);
        ng_codebook table;
        ng_format format;
        if (bits != 0 && !planned[bits] &&
            ng_table_make(study->pairs[pair].weight->name, study->pairs[pair].activation->name, bits, &table, &format)) {
            planned[bits] = true;
            fine = plan_table(plan, study, pair, &table, "rtl", options, error) &&
                   plan_table(plan, study, pair, &table, "netlist", options, error);
        }
    }
    return fine;
}

bool ng_study_tables_write(const ng_study *study, ng_error *error)
{
    bool fine = true;
    for (size_t i = 0; fine && i < study->recipe_count; i++) {
        const unsigned bits = ng_recipe_table_bits(study->recipes[i]);
        for (size_t pair = 0; fine && bits != 0 && pair < study->pair_count; pair++) {
            ng_codebook table;
            ng_format format;
            fine = !ng_table_make(study->pairs[pair].weight->name, study->pairs[pair].activation->name, bits, &table, &format) ||
                   ng_table_write(&table, NG_STUDY_TABLES, error);
        }
    }
    return fine;
}

static bool plan_pair(ng_study_plan *plan, const ng_study *study, size_t pair, ng_run_scope scope,
                      const ng_study_plan_options *options, ng_error *error)
{
    bool fine = true;
    for (size_t i = 0; fine && i < study->cost_count; i++) {
        fine = plan_netlist(plan, study, pair, i, options, error);
    }
    for (size_t i = 0; fine && scope == NG_RUN_ALL && i < study->network_count * study->recipe_count; i++) {
        fine = plan_accuracy(plan, study, NG_PLAN_ACCURACY, pair, i / study->recipe_count, i % study->recipe_count, options,
                             error);
    }
    for (size_t i = 0; fine && scope == NG_RUN_ALL && study->fake[pair] && i < study->network_count; i++) {
        fine = plan_accuracy(plan, study, NG_PLAN_COMPARE, pair, i, 0, options, error);
    }
    fine = fine && (scope != NG_RUN_ALL || plan_tables(plan, study, pair, options, error));
    /* The operands are images of --data: a study with a data set of its own has none. */
    if (fine && scope == NG_RUN_ALL && study->energy && study->network_count != 0 && !study->has_dataset) {
        fine = plan_energy(plan, study, pair, options, error);
    }
    return fine;
}

bool ng_study_plan_make(const ng_study *study, ng_run_scope scope, const ng_study_plan_options *options, ng_study_plan *plan,
                  ng_error *error)
{
    bool fine = true;
    *plan = (ng_study_plan){.count = 0};
    for (unsigned kind = 0; fine && kind < NG_UNIT_KIND_COUNT; kind++) {
        fine = !study->verify[kind] || plan_rtl_kind(plan, study, (ng_unit_kind)kind, options, error);
    }
    for (size_t i = 0; fine && i < study->pair_count; i++) {
        fine = plan_pair(plan, study, i, scope, options, error);
    }
    fine = fine && (scope != NG_RUN_ALL || plan_rotations(plan, study, options, error));
    if (!fine) {
        ng_study_plan_free(plan);
    }
    return fine;
}

void ng_study_plan_free(ng_study_plan *plan)
{
    free(plan->jobs);
    free(plan->items);
    *plan = (ng_study_plan){0};
}
