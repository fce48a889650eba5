#include "src/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/source_hash.h"
#include "src/store/store.h"
#include "src/verify/rounding_record.h"
#include "src/verify/verilator.h"

bool ng_verify_options_start(ng_verify_options *options, const char *rtl, uint64_t seed, uint64_t cases,
                             ng_error *error)
{
    *options = (ng_verify_options){.rtl = rtl, .seed = seed, .cases = cases};
    return ng_rtl_hash(rtl, options->rtl_hash, error) && ng_verilator_version(options->verilator, error);
}

static uint64_t cases_of(const ng_verify_options *options)
{
    return options->cases != 0 ? options->cases : NG_CASES_DEFAULT;
}

static void hash_datapath(ng_hash *hash, const ng_datapath *path)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    ng_hash_text(hash, "unit", path->unit->name);
    ng_hash_text(hash, "weights", path->weight->name);
    ng_hash_text(hash, "activations", path->activation->name);
    ng_hash_text(hash, "output", path->output != NULL ? path->output->name : "");
    ng_hash_number(hash, "terms", path->terms);
    ng_hash_number(hash, "latency", path->latency);
    for (unsigned i = 0; i < count; i++) {
        ng_hash_number(hash, parameters[i].name, parameters[i].value);
    }
}

static bool record_key(const ng_datapath *path, ng_level level, const char *netlist, const ng_verify_options *options,
                       char key[NG_HASH_SIZE], ng_error *error)
{
    ng_hash hash;
    ng_hash_start(&hash);
    if (level == NG_LEVEL_RTL) {
        ng_hash_text(&hash, "rtl", options->rtl_hash);
        ng_hash_text(&hash, "tool", options->verilator);
    } else if (!ng_hash_file(&hash, "netlist", netlist, error)) {
        return false;
    }
    hash_datapath(&hash, path);
    ng_hash_text(&hash, "sources", ng_source_hash(NG_SOURCE_VERIFY));
    ng_hash_number(&hash, "seed", (long long)options->seed);
    ng_hash_number(&hash, "cases", (long long)cases_of(options));
    ng_hash_end(&hash, key);
    return true;
}

json_t *ng_verify_record(const ng_datapath *path, ng_level level, const char *target, const char *tool,
                         const ng_verify_options *options, const ng_verdict *verdict)
{
    json_t *record = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:I, s:I, s:b, s:f, s:I, s:s}", "unit", path->unit->name, "kind",
        ng_unit_kind_name(path->unit->kind), "family", ng_family_name(path->unit->family), "weights",
        path->weight->name, "activations", path->activation->name, "lanes", (int)path->lanes, "terms",
        (int)path->terms, "level", ng_level_name(level), "engine", level == NG_LEVEL_RTL ? "verilator" : "evaluator",
        "cases", (json_int_t)verdict->cases, "mismatches", (json_int_t)verdict->mismatches, "exhaustive",
        (int)ng_stimulus_exhaustive(path), "seconds", verdict->seconds, "seed", (json_int_t)options->seed, "tool",
        tool);
    (void)json_object_set_new(record, "variant", json_string(ng_architecture_at(path->unit, path->architecture)->name));
    if (path->latency != 0) {
        (void)json_object_set_new(record, "latency", json_integer(path->latency));
    }
    ng_rounding_record(record, path);
    if (path->output != NULL) {
        (void)json_object_set_new(record, "output", json_string(path->output->name));
    }
    if (target != NULL) {
        (void)json_object_set_new(record, "target", json_string(target));
    }
    if (verdict->mismatches != 0) {
        (void)json_object_set_new(record, "first_mismatch", json_string(verdict->first));
    }
    return record;
}

/* Keeps good news only: a failing circuit is checked again every time. */
static bool keep(const char *key, json_t *record, const ng_verdict *verdict, ng_error *error)
{
    return verdict->mismatches != 0 || verdict->cases == 0 || ng_store_put("verify", key, record, error);
}

bool ng_verify_rtl_stored(const ng_datapath *path, const ng_verify_options *options, json_t **record, ng_error *error)
{
    char key[NG_HASH_SIZE];
    return record_key(path, NG_LEVEL_RTL, NULL, options, key, error) && ng_store_get("verify", key, record, error);
}

/* The circuits still to be checked, gathered from a list. */
typedef struct {
    ng_datapath *paths;
    size_t *index;
    ng_verdict *verdicts;
    size_t count;
} todo;

static bool run_bench(const todo *work, const ng_verify_options *options, ng_error *error)
{
    ng_bench bench;
    const ng_bench_source source = {.level = NG_LEVEL_RTL, .rtl = options->rtl};
    if (!ng_bench_open(&bench, work->paths, work->count, &source, error)) {
        return false;
    }
    const bool fine = ng_check_bench(&bench, work->paths, work->count, NG_LEVEL_RTL, options->seed,
                                     cases_of(options), work->verdicts, error);
    ng_bench_close(&bench);
    return fine;
}

static bool record_bench(const todo *work, const ng_verify_options *options, json_t **records, ng_error *error)
{
    char key[NG_HASH_SIZE];
    bool fine = true;
    for (size_t i = 0; fine && i < work->count; i++) {
        json_t *record = ng_verify_record(&work->paths[i], NG_LEVEL_RTL, NULL, options->verilator, options, &work->verdicts[i]);
        records[work->index[i]] = record;
        fine = record_key(&work->paths[i], NG_LEVEL_RTL, NULL, options, key, error) &&
               keep(key, record, &work->verdicts[i], error);
    }
    return fine;
}

bool ng_verify_rtl(const ng_datapath *paths, size_t count, const ng_verify_options *options, json_t **records,
                   ng_error *error)
{
    todo work = {calloc(count, sizeof(ng_datapath)), calloc(count, sizeof(size_t)), calloc(count, sizeof(ng_verdict)),
                 0};
    bool fine = work.paths != NULL && work.index != NULL && work.verdicts != NULL;
    for (size_t i = 0; fine && i < count; i++) {
        fine = ng_verify_rtl_stored(&paths[i], options, &records[i], error);
        if (fine && records[i] == NULL) {
            work.paths[work.count] = paths[i];
            work.index[work.count++] = i;
        }
    }
    if (fine && work.count != 0) {
        fine = run_bench(&work, options, error) && record_bench(&work, options, records, error);
    }
    free(work.paths);
    free(work.index);
    free(work.verdicts);
    return fine;
}

bool ng_verify_netlist(const ng_datapath *path, const ng_target *target, const char *netlist,
                       const ng_verify_options *options, json_t **record, ng_error *error)
{
    char key[NG_HASH_SIZE];
    if (!record_key(path, NG_LEVEL_NETLIST, netlist, options, key, error) ||
        !ng_store_get("verify", key, record, error)) {
        return false;
    }
    if (*record != NULL) {
        return true;
    }
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    if (verdict == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "verify: out of memory");
    }
    bool fine = ng_check_netlist(path, target, netlist, options->seed, cases_of(options), verdict, error);
    if (fine) {
        *record = ng_verify_record(path, NG_LEVEL_NETLIST, target->name, "narrowgauge", options, verdict);
        fine = keep(key, *record, verdict, error);
    }
    free(verdict);
    return fine;
}
