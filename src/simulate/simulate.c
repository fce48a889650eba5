#include "src/simulate/simulate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/simulate/stream_format.h"
#include "src/base/process.h"
#include "src/simulate/build.h"
#include "src/simulate/stimulus.h"
#include "src/verify/verilator.h"

_Static_assert((int)NG_SIMULATE_VECTORS_MAX == (int)NG_STREAM_VECTORS_MAX, "the file holds what may be asked for");
_Static_assert((int)NG_SIMULATE_STALL_PCT_MAX == (int)NG_STREAM_PCT_MAX, "the file holds what may be asked for");

/* The files of one run. */
typedef struct {
    char folder[NG_PATH_SIZE];
    char stimulus[NG_PATH_SIZE];
    char report[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    char waves[NG_PATH_SIZE]; /* becomes request->waves by a rename; empty without waves */
    char source[NG_SOURCE_TEXT_SIZE];
} run_files;

static bool check_request(const ng_simulate_request *request, ng_error *error)
{
    if (request->path->latency != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "unit pipe is not streamed; dot is");
    }
    if (request->vectors < 1 || request->vectors > NG_SIMULATE_VECTORS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "vectors %llu: not in 1..%d", (unsigned long long)request->vectors,
                       NG_SIMULATE_VECTORS_MAX);
    }
    if (request->source_idle_pct > NG_SIMULATE_STALL_PCT_MAX || request->sink_busy_pct > NG_SIMULATE_STALL_PCT_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "stall chances %u and %u percent: not in 0..%d", request->source_idle_pct,
                       request->sink_busy_pct, NG_SIMULATE_STALL_PCT_MAX);
    }
    if (request->waves != NULL && request->waves[0] == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "the name of the waves file is empty");
    }
    return true;
}

/* A waves file that cannot be written is found out before the long work. */
static bool reserve_waves(const ng_simulate_request *request, run_files *files, ng_error *error)
{
    if (request->waves == NULL) {
        return true;
    }
    if (!ng_path(files->waves, error, "%s.tmp.%ld", request->waves, (long)getpid())) {
        return false;
    }
    FILE *file = fopen(files->waves, "w");
    if (file == NULL || fclose(file) != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot write: %s", request->waves, strerror(errno));
    }
    return true;
}

static bool make_files(const ng_simulate_request *request, run_files *files, ng_error *error)
{
    return ng_path(files->folder, error, "build/simulate/run.%ld", (long)getpid()) &&
           ng_path(files->stimulus, error, "%s/stimulus.bin", files->folder) &&
           ng_path(files->report, error, "%s/report.json", files->folder) &&
           ng_path(files->log, error, "%s/bench.log", files->folder) && ng_make_folders(files->folder, error) &&
           reserve_waves(request, files, error);
}

/* Runs the bench. With mismatches it reports and ends with status 1; a report that is there counts, not the status. */
static bool run_bench(const char *program, const run_files *files, json_t **record, ng_error *error)
{
    char command[NG_PATH_SIZE];
    if (!ng_path(command, error, "./%s", program)) {
        return false;
    }
    const char *const argv[] = {command, files->stimulus, files->report, files->waves[0] != 0 ? files->waves : NULL,
                                NULL};
    const bool clean = ng_run(argv, NULL, files->log, error);
    if (!clean && !ng_exists(files->report)) {
        return false;
    }
    *record = json_load_file(files->report, JSON_REJECT_DUPLICATES, NULL);
    const json_int_t mismatches = json_integer_value(json_object_get(*record, "mismatches"));
    if (*record == NULL || clean != (mismatches == 0)) {
        json_decref(*record);
        *record = NULL;
        return ng_fail(error, NG_EXIT_CHECK, "%s: the bench's report and its exit status disagree", command);
    }
    return true;
}

static bool keep_waves(const ng_simulate_request *request, const run_files *files, ng_error *error)
{
    return request->waves == NULL || rename(files->waves, request->waves) == 0 ||
           ng_fail(error, NG_EXIT_MISSING, "%s: cannot write: %s", request->waves, strerror(errno));
}

static bool complete(const ng_simulate_request *request, const run_files *files, json_t *record, ng_error *error)
{
    char version[128];
    const ng_datapath *path = request->path;
    if (!ng_verilator_version(version, error)) {
        return false;
    }
    json_t *rest = json_pack("{s:s, s:s, s:s, s:s*, s:i, s:i, s:I, s:i, s:i, s:s, s:s?, s:s}", "unit",
                             path->unit->name, "weights", path->weight->name, "activations", path->activation->name,
                             "output", path->output != NULL ? path->output->name : NULL, "lanes", (int)path->lanes,
                             "terms", (int)path->terms, "seed", (json_int_t)request->seed, "source_idle_pct",
                             (int)request->source_idle_pct, "sink_busy_pct", (int)request->sink_busy_pct, "source",
                             files->source, "waves", request->waves, "verilator", version);
    const bool fine = rest != NULL && json_object_update(record, rest) == 0;
    json_decref(rest);
    return fine || ng_fail(error, NG_EXIT_MISSING, "cannot make the record of a simulation");
}

static void remove_files(const run_files *files)
{
    (void)ng_remove_tree(files->folder, NULL);
    if (files->waves[0] != 0) {
        (void)unlink(files->waves);
    }
}

bool ng_simulate(const ng_simulate_request *request, json_t **record, ng_error *error)
{
    char program[NG_PATH_SIZE];
    run_files files = {.waves = ""};
    *record = NULL;
    if (!check_request(request, error)) {
        return false;
    }
    const bool fine = make_files(request, &files, error) &&
                      ng_stream_build(request->path, request->rtl, request->waves != NULL, program, error) &&
                      ng_stream_write(request, files.stimulus, files.source, error) &&
                      run_bench(program, &files, record, error) && keep_waves(request, &files, error) &&
                      complete(request, &files, *record, error);
    remove_files(&files);
    if (!fine) {
        json_decref(*record);
        *record = NULL;
    }
    return fine;
}
