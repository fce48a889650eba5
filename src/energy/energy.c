#include "src/energy/energy.h"

#include <stdlib.h>

#include "src/accuracy/quantise.h"
#include "src/accuracy/trace.h"
#include "src/energy/operands.h"
#include "src/netlist/toggles.h"
#include "src/store/store.h"

enum { LANES = NG_EVALUATOR_LANES };

/* What a layer, or the network, takes per MAC. */
typedef struct {
    double toggles[2]; /* zero delay, unit delay */
    double proxy[2];
} figures;

typedef struct {
    const ng_datapath *path;
    const ng_energy_request *request;
    ng_netlist netlist;
    ng_subject subject;
    ng_engine engine;
    json_t *layers;
    figures sum; /* of all layers so far, each times its MACs */
    double macs; /* an image takes */
} run;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "energy: out of memory");
}

static json_t *model_record(const figures *found, unsigned model)
{
    return json_pack("{s:f, s:f}", "toggles_per_mac", found->toggles[model], "proxy_per_mac", found->proxy[model]);
}

/* ---- one layer ---- */

typedef struct {
    ng_toggler *toggler;
    const ng_port *start;
    const ng_port *port[2];
    ng_operands operands[LANES];
    uint64_t begin[LANES];
    uint64_t words[2][LANES * NG_OPERAND_LIMBS];
} lanes;

static bool open_lanes(lanes *l, const run *r, const ng_trace *trace, ng_error *error)
{
    l->port[0] = ng_netlist_port(&r->netlist, "w_i");
    l->port[1] = ng_netlist_port(&r->netlist, "a_i");
    l->start = ng_netlist_port(&r->netlist, "first_i");
    if (l->port[0] == NULL || l->port[1] == NULL || (r->path->unit->kind == NG_UNIT_MAC && l->start == NULL)) {
        return ng_fail(error, NG_EXIT_CHECK, "energy: the netlist lacks a port of %s", r->path->unit->name);
    }
    for (size_t i = 0; i < LANES; i++) {
        l->operands[i] = ng_operands_start(r->path, trace, i, LANES);
    }
    return ng_toggler_new(&l->toggler, &r->netlist, error);
}

static void run_cycle(lanes *l, ng_toggles *counts)
{
    for (size_t i = 0; i < LANES; i++) {
        l->begin[i] = ng_operands_next(&l->operands[i], &l->words[0][i * NG_OPERAND_LIMBS],
                                       &l->words[1][i * NG_OPERAND_LIMBS]);
    }
    ng_toggler_set(l->toggler, l->port[0], l->words[0], NG_OPERAND_LIMBS, LANES);
    ng_toggler_set(l->toggler, l->port[1], l->words[1], NG_OPERAND_LIMBS, LANES);
    if (l->start != NULL) {
        ng_toggler_set(l->toggler, l->start, l->begin, 1, LANES);
    }
    ng_toggler_cycle(l->toggler, LANES, counts);
}

/* The first cycle brings the circuit from its initial state into the stream and is not counted. */
static bool count_layer(const run *r, const ng_trace *trace, ng_toggles *counts, ng_error *error)
{
    lanes *l = calloc(1, sizeof *l);
    *counts = (ng_toggles){0};
    if (l == NULL) {
        return no_memory(error);
    }
    const bool fine = open_lanes(l, r, trace, error);
    const size_t cycles = fine ? r->request->products * ng_operands_steps(r->path, trace) : 0;
    for (size_t i = 0; fine && i <= cycles; i++) {
        run_cycle(l, i == 0 ? NULL : counts);
    }
    ng_toggler_free(l->toggler);
    free(l);
    return fine;
}

static void add_layer(run *r, const ng_trace *trace, const ng_toggles *counts)
{
    const double products = (double)counts->cycles * r->path->lanes;
    const double macs = (double)(trace->positions * trace->weights.rows * trace->reduction);
    const figures found = {
        {(double)counts->zero_delay.toggles / products, (double)counts->unit_delay.toggles / products},
        {(double)counts->zero_delay.weighted / products, (double)counts->unit_delay.weighted / products}};
    for (unsigned model = 0; model < 2; model++) {
        r->sum.toggles[model] += macs * found.toggles[model];
        r->sum.proxy[model] += macs * found.proxy[model];
    }
    r->macs += macs;
    (void)json_array_append_new(r->layers, json_pack("{s:s, s:f, s:I, s:o, s:o}", "name", trace->name, "macs_per_image",
                                                     macs, "cycles", (json_int_t)counts->cycles, "zero_delay",
                                                     model_record(&found, 0), "unit_delay", model_record(&found, 1)));
}

static bool check_room(const run *r, const ng_trace *trace, ng_error *error)
{
    const bool sums = r->path->unit->kind == NG_UNIT_MAC && r->path->weight->block == 0;
    return !sums || trace->reduction <= r->path->terms ||
           ng_fail(error, NG_EXIT_USAGE, "layer %s adds %zu products, the unit has room for %u", trace->name,
                   trace->reduction, r->path->terms);
}

static bool run_layers(run *r, ng_error *error)
{
    bool fine = true;
    for (size_t layer = 0; fine && layer < r->subject.plan.layer_count; layer++) {
        ng_trace trace;
        ng_toggles counts;
        if (!ng_trace_make(&r->subject, &r->engine, (unsigned)layer, r->request->operands->images, &trace, error)) {
            return false;
        }
        fine = check_room(r, &trace, error) && count_layer(r, &trace, &counts, error);
        if (fine) {
            add_layer(r, &trace, &counts);
        }
        ng_trace_free(&trace);
    }
    return fine;
}

/* ---- the network ---- */

static void make_key(const run *r, const ng_target *target, const json_t *cost, char key[NG_HASH_SIZE])
{
    const ng_energy_request *request = r->request;
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "source", request->source_hash);
    ng_hash_text(&hash, "unit", r->path->unit->name);
    ng_hash_text(&hash, "target", target->name);
    ng_hash_text(&hash, "netlist", json_string_value(json_object_get(cost, "netlist_sha256")));
    ng_hash_text(&hash, "weights", r->path->weight->name);
    ng_hash_text(&hash, "activations", r->path->activation->name);
    ng_hash_number(&hash, "terms", r->path->terms);
    ng_hash_text(&hash, "network", r->subject.network_sha256);
    ng_hash_text(&hash, "data", r->subject.data_sha256);
    ng_hash_text(&hash, "recipe", ng_calibration_name(request->operands));
    ng_hash_number(&hash, "calibration images", ng_calibration_count(request->operands));
    ng_hash_number(&hash, "images", request->operands->images);
    ng_hash_number(&hash, "products", request->products);
    ng_hash_number(&hash, "seed", request->operands->seed);
    ng_hash_end(&hash, key);
}

static json_t *make_record(const run *r, const ng_target *target, const json_t *cost)
{
    figures mean = r->sum;
    for (unsigned model = 0; model < 2; model++) {
        mean.toggles[model] /= r->macs;
        mean.proxy[model] /= r->macs;
    }
    json_t *record = json_pack(
        "{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:i, s:i, s:i, s:o, s:o, s:f, s:O, s:O, s:O, s:s, s:s}", "unit",
        r->path->unit->name, "weights", r->path->weight->name, "activations", r->path->activation->name, "lanes",
        (int)r->path->lanes, "terms", (int)r->path->terms, "target", target->name, "network", r->subject.name,
        "calibration", ng_calibration_name(r->request->operands), "images", (int)r->request->operands->images, "products",
        (int)r->request->products, "seed", (int)r->request->operands->seed, "zero_delay", model_record(&mean, 0),
        "unit_delay", model_record(&mean, 1), "glitch_factor", mean.proxy[1] / mean.proxy[0], "layers", r->layers, "yosys",
        json_object_get(cost, "yosys"), "netlist_sha256", json_object_get(cost, "netlist_sha256"), "network_sha256",
        r->subject.network_sha256, "data_sha256", r->subject.data_sha256);
    return record;
}

/* Loads what the run needs beyond the subject, and counts. */
static bool count(run *r, const ng_target *target, const json_t *cost, ng_error *error)
{
    char netlist[NG_PATH_SIZE];
    ng_quantised quantised;
    if (!ng_quantise(&r->subject, r->request->operands, &quantised, error)) {
        return false;
    }
    bool fine = ng_engine_init(&r->engine, &r->subject.plan, &quantised.recipe, error);
    if (fine) {
        fine = ng_cost_netlist(cost, netlist, error) && ng_netlist_load(&r->netlist, netlist, target, error);
        fine = fine && run_layers(r, error);
        ng_netlist_free(&r->netlist);
        ng_engine_free(&r->engine);
    }
    ng_quantised_free(&quantised);
    return fine;
}

static bool find_or_count(run *r, const ng_target *target, const json_t *cost, json_t **record, ng_error *error)
{
    char key[NG_HASH_SIZE];
    make_key(r, target, cost, key);
    if (!ng_store_get("energy", key, record, error)) {
        return false;
    }
    if (*record != NULL) {
        return true;
    }
    if (!count(r, target, cost, error)) {
        return false;
    }
    *record = make_record(r, target, cost);
    return *record != NULL ? ng_store_put("energy", key, *record, error) : no_memory(error);
}

bool ng_energy(const ng_datapath *path, const ng_target *target, const json_t *cost, const ng_energy_request *request,
               json_t **record, ng_error *error)
{
    run *r = calloc(1, sizeof *r);
    *record = NULL;
    if (r == NULL) {
        return no_memory(error);
    }
    r->path = path;
    r->request = request;
    bool fine = path->unit->kind != NG_UNIT_CONVERT ||
                ng_fail(error, NG_EXIT_USAGE, "a convert unit has no operands in a network");
    if (fine && ng_subject_load(&r->subject, request->operands, error)) {
        r->layers = json_array();
        fine = find_or_count(r, target, cost, record, error);
        json_decref(r->layers);
        ng_subject_free(&r->subject);
    } else {
        fine = false;
    }
    free(r);
    return fine;
}
