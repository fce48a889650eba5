#include "src/cost/cost.h"

#include <string.h>

#include "src/cost/convert_back.h"
#include "src/cost/measure.h"
#include "src/store/store.h"

static void hash_datapath(ng_hash *hash, const ng_datapath *path)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    ng_hash_text(hash, "unit", path->unit->name);
    ng_hash_text(hash, "weights", path->weight->name);
    ng_hash_text(hash, "activations", path->activation->name);
    ng_hash_text(hash, "output", path->output != NULL ? path->output->name : "");
    ng_hash_number(hash, "terms", path->terms);
    ng_hash_number(hash, "chain", path->chain);
    ng_hash_number(hash, "architecture", path->architecture);
    for (unsigned i = 0; i < count; i++) {
        ng_hash_number(hash, parameters[i].name, parameters[i].value);
    }
}

/* Everything the record depends on: what is asked, the circuits, the tool and the code that counts. */
static bool make_key(const ng_datapath *path, const ng_target *target, const ng_cost_options *options,
                     char key[NG_HASH_SIZE], ng_error *error)
{
    ng_hash hash;
    ng_synthesis plan;
    ng_datapath convert;
    if (!ng_synth_plan(path, target, options->rtl, NULL, &plan, error)) {
        return false;
    }
    ng_hash_start(&hash);
    ng_hash_text(&hash, "source", options->source_hash);
    hash_datapath(&hash, path);
    ng_hash_text(&hash, "synthesis", plan.key);
    if (ng_unit_kind_at(path->unit->kind)->product && ng_convert_of(path, &convert) == NULL) {
        if (!ng_synth_plan(&convert, target, options->rtl, plan.yosys, &plan, error)) {
            return false;
        }
        ng_hash_text(&hash, "convert", plan.key);
    }
    ng_hash_end(&hash, key);
    return true;
}

/* The CONVERT unit's whole cost, or null and the reason. */
static bool add_convert(json_t *split, const ng_datapath *path, const ng_target *target, const char *rtl,
                        ng_error *error)
{
    ng_datapath convert;
    ng_measurement made;
    const char *status = ng_convert_of(path, &convert);
    if (status != NULL) {
        return json_object_set_new(split, "convert_back", json_null()) == 0 &&
               json_object_set_new(split, "convert_back_status", json_string(status)) == 0;
    }
    if (!ng_measure(&convert, target, rtl, &made, error)) {
        return false;
    }
    const bool fine = json_object_set_new(split, "convert_back", ng_measurement_whole(&made)) == 0;
    ng_measurement_free(&made);
    return fine;
}

static bool make_record(const ng_datapath *path, const ng_target *target, const char *rtl, json_t **record,
                        ng_error *error)
{
    ng_measurement made;
    if (!ng_measure(path, target, rtl, &made, error)) {
        return false;
    }
    *record = ng_measurement_record(&made);
    ng_measurement_free(&made);
    return *record != NULL || ng_fail(error, NG_EXIT_MISSING, "cost: out of memory");
}

static bool compute(const ng_datapath *path, const ng_target *target, const ng_cost_options *options, const char *key,
                    json_t **record, ng_error *error)
{
    if (!make_record(path, target, options->rtl, record, error)) {
        return false;
    }
    json_t *split = json_object_get(*record, "split");
    const ng_kind_row *kind = ng_unit_kind_at(path->unit->kind);
    if ((!kind->product || path->unit->kind == NG_UNIT_CONVERT || add_convert(split, path, target, options->rtl, error)) &&
        ng_store_put("cost", key, *record, error)) {
        return true;
    }
    json_decref(*record);
    *record = NULL;
    return false;
}

bool ng_cost(const ng_datapath *path, const ng_target *target, const ng_cost_options *options, json_t **record,
             ng_error *error)
{
    char key[NG_HASH_SIZE];
    *record = NULL;
    if (!make_key(path, target, options, key, error) || !ng_store_get("cost", key, record, error)) {
        return false;
    }
    char netlist[NG_PATH_SIZE];
    if (*record != NULL && ng_cost_netlist(*record, netlist, NULL)) {
        return true;
    }
    /* Not there yet, or the netlist it stands for is lost: both come from a new run. */
    json_decref(*record);
    return compute(path, target, options, key, record, error);
}

bool ng_cost_netlist(const json_t *record, char netlist[NG_PATH_SIZE], ng_error *error)
{
    char now[NG_HASH_SIZE];
    const char *path = json_string_value(json_object_get(record, "netlist"));
    const char *counted = json_string_value(json_object_get(record, "netlist_sha256"));
    if (path == NULL || counted == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "cost record: no netlist");
    }
    if (!ng_exists(path)) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: the counted netlist is gone", path);
    }
    if (!ng_path(netlist, error, "%s", path) || !ng_netlist_sha256(path, now, error)) {
        return false;
    }
    return strcmp(now, counted) == 0 || ng_fail(error, NG_EXIT_CHECK, "%s: not the netlist that was counted", path);
}
