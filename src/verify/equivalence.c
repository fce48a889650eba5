#include "src/verify/equivalence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/base/source_hash.h"
#include "src/store/store.h"
#include "src/synth/script.h"

static const size_t NETLIST_LIMIT = (size_t)1 << 28;

typedef struct {
    const ng_datapath *path;
    const ng_target *target;
    const char *netlist;
    unsigned limit_s;
    ng_synthesis plan; /* of the RTL: its hash and the tool */
    char netlist_sha256[NG_HASH_SIZE];
    char folder[NG_PATH_SIZE];
    bool clocked; /* there are flip-flops */
    double seconds;
} run;

static double seconds(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool copy_netlist(const run *r, ng_error *error)
{
    char path[NG_PATH_SIZE];
    ng_buffer text;
    if (!ng_path(path, error, "%s/netlist.json", r->folder) || !ng_read_file(r->netlist, NETLIST_LIMIT, &text, error)) {
        return false;
    }
    const bool fine = ng_write_file(path, text.data, text.size, error);
    ng_buffer_free(&text);
    return fine;
}

static bool run_script(const run *r, const char *script, ng_error *error)
{
    char path[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    const char *const argv[] = {ng_yosys_program(), "-s", "gates.ys", NULL};
    return ng_path(path, error, "%s/gates.ys", r->folder) && ng_path(log, error, "%s/yosys.log", r->folder) &&
           ng_write_file(path, script, strlen(script), error) && ng_run(argv, r->folder, log, error);
}

static bool write_gates(const run *r, const char *rtl, ng_error *error)
{
    ng_sources sources;
    char *script = NULL;
    if (!ng_sources_find(&sources, rtl, r->path->unit->name, error)) {
        return false;
    }
    const bool fine = ng_script_gates(r->path, r->target, &sources, &script, error) &&
                      ng_sources_write(&sources, r->folder, error) && copy_netlist(r, error) &&
                      run_script(r, script, error);
    free(script);
    ng_sources_free(&sources);
    return fine;
}

static bool find_latches(run *r, ng_error *error)
{
    char path[NG_PATH_SIZE];
    ng_buffer text;
    if (!ng_path(path, error, "%s/netlist.blif", r->folder) || !ng_read_file(path, NETLIST_LIMIT, &text, error)) {
        return false;
    }
    r->clocked = strstr((const char *)text.data, "\n.latch ") != NULL;
    ng_buffer_free(&text);
    return true;
}

/* What ABC said; anything but its two answers is no proof. */
static bool read_result(const char *log, const char **result, ng_error *error)
{
    ng_buffer text;
    if (!ng_read_file(log, (size_t)1 << 24, &text, error)) {
        return false;
    }
    const char *said = (const char *)text.data;
    *result = strstr(said, "NOT EQUIVALENT") != NULL               ? "refuted"
              : strstr(said, "Networks are equivalent") != NULL ? "proven"
                                                                  : "undecided";
    ng_buffer_free(&text);
    return true;
}

/* ABC comes with yosys, under its name and "-abc". */
static bool run_abc(run *r, const char **result, ng_error *error)
{
    char program[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    bool ended;
    const char *const argv[] = {program, "-q", r->clocked ? "dsec rtl.blif netlist.blif" : "cec rtl.blif netlist.blif",
                                NULL};
    if (!ng_path(program, error, "%s-abc", ng_yosys_program()) || !ng_path(log, error, "%s/abc.log", r->folder)) {
        return false;
    }
    const double start = seconds();
    if (!ng_run_limited(argv, r->folder, log, r->limit_s, &ended, error)) {
        return false;
    }
    r->seconds = seconds() - start;
    *result = "not ended";
    return !ended || read_result(log, result, error);
}

static json_t *make_record(const run *r, const char *result)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:f, s:i, s:s, s:s, s:s, s:s}", "unit", r->path->unit->name,
                     "weights", r->path->weight->name, "activations", r->path->activation->name, "lanes",
                     (int)r->path->lanes, "terms", (int)r->path->terms, "target", r->target->name, "level", "equivalence",
                     "result", result, "method", r->clocked ? "abc dsec, from all flip-flops 0" : "abc cec", "seconds",
                     r->seconds, "limit_s", (int)r->limit_s, "yosys", r->plan.yosys, "rtl_sha256", r->plan.rtl_sha256,
                     "netlist_sha256", r->netlist_sha256, "source", ng_source_hash(NG_SOURCE_EQUIVALENCE));
}

static bool prove(run *r, const char *rtl, const char *key, json_t **record, ng_error *error)
{
    const char *result = NULL;
    if (!ng_path(r->folder, error, "build/equivalence/%s.tmp.%ld", key, (long)getpid()) ||
        !ng_remove_tree(r->folder, error) || !ng_make_folders(r->folder, error)) {
        return false;
    }
    const bool fine = write_gates(r, rtl, error) && find_latches(r, error) && run_abc(r, &result, error);
    (void)ng_remove_tree(r->folder, NULL);
    if (!fine) {
        return false;
    }
    *record = make_record(r, result);
    if (*record == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "equivalence: out of memory");
    }
    return strcmp(result, "refuted") == 0 || ng_store_put("equivalence", key, *record, error);
}

static void make_key(const run *r, char key[NG_HASH_SIZE])
{
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "sources", ng_source_hash(NG_SOURCE_EQUIVALENCE));
    ng_hash_text(&hash, "synthesis", r->plan.key);
    ng_hash_text(&hash, "netlist", r->netlist_sha256);
    ng_hash_number(&hash, "limit", r->limit_s);
    ng_hash_end(&hash, key);
}

bool ng_equivalence(const ng_datapath *path, const ng_target *target, const ng_equivalence_request *request, json_t **record,
                    ng_error *error)
{
    char key[NG_HASH_SIZE];
    run r = {.path = path, .target = target, .netlist = request->netlist,
             .limit_s = request->limit_s != 0 ? request->limit_s : NG_EQUIVALENCE_LIMIT_S};
    *record = NULL;
    if (!ng_synth_plan(path, target, request->rtl, NULL, &r.plan, error) ||
        !ng_netlist_sha256(request->netlist, r.netlist_sha256, error)) {
        return false;
    }
    make_key(&r, key);
    return ng_store_get("equivalence", key, record, error) &&
           (*record != NULL || prove(&r, request->rtl, key, record, error));
}
