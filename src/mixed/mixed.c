#include "src/mixed/mixed.h"

#include <stdlib.h>
#include <string.h>

#include "src/mixed/choose.h"

enum { BUDGETS_MOST = 2, PAIR_SIZE = 2 * NG_FORMAT_NAME_SIZE };

typedef struct {
    const ng_mixed_request *request;
    size_t option_count;
    ng_option options[NG_MIXED_OPTIONS_MOST];
    double luts[NG_MIXED_OPTIONS_MOST]; /* of a MAC */
    ng_sensitivity sensitivity;
    size_t *choice; /* [layers] */
    char *text;     /* layer_formats */
    ng_error *error;
} work;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the choice of formats");
}

static bool read_options(work *w)
{
    ng_format formats[2 * NG_MIXED_OPTIONS_MOST];
    w->option_count = 1;
    for (const char *at = w->request->options; *at != 0; at++) {
        w->option_count += *at == ',';
    }
    if (w->option_count > NG_MIXED_OPTIONS_MOST) {
        return ng_fail(w->error, NG_EXIT_USAGE, "%zu options, more than %d", w->option_count, NG_MIXED_OPTIONS_MOST);
    }
    if (!ng_layer_formats_read(w->request->options, w->option_count, formats, w->error)) {
        return false;
    }
    for (size_t i = 0; i < w->option_count; i++) {
        w->options[i] = (ng_option){formats[2 * i], formats[2 * i + 1]};
        if ((w->options[i].weight.block != 0) != (w->options[0].weight.block != 0)) {
            return ng_fail(w->error, NG_EXIT_USAGE, "options of blocks beside such of scalar formats: %s and %s",
                           w->options[0].weight.name, w->options[i].weight.name);
        }
    }
    return true;
}

static bool price_options(work *w)
{
    for (size_t i = 0; w->request->luts > 0 && i < w->option_count; i++) {
        const ng_request wanted = {.kind = NG_UNIT_MAC, .weight = &w->options[i].weight, .activation = &w->options[i].activation};
        ng_datapath path;
        json_t *record;
        if (ng_datapath_init(&path, &wanted) != NG_OK) {
            return ng_fail(w->error, NG_EXIT_USAGE, "no MAC multiplies %s by %s", wanted.weight->name, wanted.activation->name);
        }
        if (!ng_cost(&path, w->request->target, w->request->cost, &record, w->error)) {
            return false;
        }
        w->luts[i] = json_number_value(json_object_get(json_object_get(record, "per_mac"), "honest_sites"));
        json_decref(record);
    }
    return true;
}

/* The budgets there are, and what each option of each layer takes of them. */
static void fill_budgets(const work *w, double *cost, ng_mixed_problem *problem, double *budget)
{
    const ng_sensitivity *s = &w->sensitivity;
    const size_t count = s->layers * s->options;
    if (w->request->weight_bits > 0) {
        memcpy(cost, s->weight_bits, count * sizeof *cost);
        budget[problem->budgets++] = w->request->weight_bits;
    }
    for (size_t i = 0; w->request->luts > 0 && i < count; i++) {
        cost[problem->budgets * count + i] = s->macs[i / s->options] * w->luts[i % s->options] / w->request->cycles;
    }
    if (w->request->luts > 0) {
        budget[problem->budgets++] = w->request->luts;
    }
}

static bool choose(work *w)
{
    const ng_sensitivity *s = &w->sensitivity;
    double budget[BUDGETS_MOST];
    double *cost = malloc(BUDGETS_MOST * s->layers * s->options * sizeof *cost);
    w->choice = calloc(s->layers, sizeof *w->choice);
    if (cost == NULL || w->choice == NULL) {
        free(cost);
        return no_memory(w->error);
    }
    ng_mixed_problem problem = {.layers = s->layers, .options = s->options, .loss = s->loss, .cost = cost, .budget = budget};
    fill_budgets(w, cost, &problem, budget);
    const bool fine = ng_mixed_choose(&problem, w->choice, w->error);
    free(cost);
    return fine;
}

static bool write_choice(work *w)
{
    char *at = w->text = malloc(w->sensitivity.layers * PAIR_SIZE + 1);
    if (w->text == NULL) {
        return no_memory(w->error);
    }
    for (size_t i = 0; i < w->sensitivity.layers; i++) {
        const ng_option *option = &w->options[w->choice[i]];
        at += snprintf(at, PAIR_SIZE + 1, "%s%s:%s", i > 0 ? "," : "", option->weight.name, option->activation.name);
    }
    return true;
}

static json_t *pair_text(const ng_option *option)
{
    return json_sprintf("%s:%s", option->weight.name, option->activation.name);
}

static json_t *numbers(const double *x, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(list, json_real(x[i]));
    }
    return list;
}

static json_t *layers_of(const work *w)
{
    const ng_sensitivity *s = &w->sensitivity;
    json_t *list = json_array();
    for (size_t i = 0; i < s->layers; i++) {
        (void)json_array_append_new(list, json_pack("{s:s, s:f, s:o, s:o, s:o}", "name", s->names[i], "macs", s->macs[i], "chosen",
                                                    pair_text(&w->options[w->choice[i]]), "loss",
                                                    numbers(s->loss + i * s->options, s->options), "weight_bits",
                                                    numbers(s->weight_bits + i * s->options, s->options)));
    }
    return list;
}

static double total(const work *w, const double *x)
{
    double sum = 0;
    for (size_t i = 0; i < w->sensitivity.layers; i++) {
        sum += x[i * w->sensitivity.options + w->choice[i]];
    }
    return sum;
}

static void add_luts(const work *w, json_t *record)
{
    double sum = 0;
    for (size_t i = 0; i < w->sensitivity.layers; i++) {
        sum += w->sensitivity.macs[i] * w->luts[w->choice[i]] / w->request->cycles;
    }
    (void)json_object_set_new(record, "luts_per_mac", numbers(w->luts, w->option_count));
    (void)json_object_set_new(record, "luts", json_real(sum));
}

static json_t *budget_of(const ng_mixed_request *request)
{
    json_t *budget = json_object();
    if (request->weight_bits > 0) {
        (void)json_object_set_new(budget, "weight_bits", json_real(request->weight_bits));
    }
    if (request->luts > 0) {
        (void)json_object_set_new(budget, "luts", json_real(request->luts));
        (void)json_object_set_new(budget, "cycles", json_real(request->cycles));
    }
    return budget;
}

static json_t *make_record(const work *w, json_t *accuracy)
{
    json_t *options = json_array();
    for (size_t i = 0; i < w->option_count; i++) {
        (void)json_array_append_new(options, pair_text(&w->options[i]));
    }
    json_t *record = json_pack("{s:O, s:o, s:o, s:f, s:f, s:o, s:s, s:o}", "network", json_object_get(accuracy, "network"), "options",
                               options, "layers", layers_of(w), "loss", total(w, w->sensitivity.loss), "weight_bits",
                               total(w, w->sensitivity.weight_bits), "budget", budget_of(w->request), "layer_formats", w->text,
                               "accuracy", accuracy);
    if (record != NULL && w->request->luts > 0) {
        add_luts(w, record);
    }
    return record;
}

static bool evaluate(work *w, json_t **record)
{
    ng_accuracy_request request = *w->request->accuracy;
    json_t *accuracy;
    request.weight = &w->options[0].weight;
    request.activation = &w->options[0].activation;
    request.setting.layers = w->text;
    if (!ng_accuracy(&request, &accuracy, w->error)) {
        return false;
    }
    *record = make_record(w, accuracy);
    return *record != NULL || no_memory(w->error);
}

bool ng_mixed(const ng_mixed_request *request, json_t **record, ng_error *error)
{
    work w = {.request = request, .error = error};
    *record = NULL;
    const bool fine = read_options(&w) && price_options(&w) &&
                      ng_sensitivity_measure(request->accuracy, w.options, w.option_count, &w.sensitivity, error) && choose(&w) &&
                      write_choice(&w) && evaluate(&w, record);
    ng_sensitivity_free(&w.sensitivity);
    free(w.choice);
    free(w.text);
    return fine;
}
