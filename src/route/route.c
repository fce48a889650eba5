#include "src/route/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/base/source_hash.h"
#include "src/route/legal.h"
#include "src/route/nextpnr.h"
#include "src/route/wrapper.h"
#include "src/store/store.h"
#include "src/verify/check.h"

enum { NG_ROUTE_CASES = 100000 };

typedef struct {
    const ng_datapath *path;
    const ng_target *target;
    const json_t *cost;
    const ng_nextpnr *row;
    unsigned seeds;
    char *wrapper;
    char program[NG_PATH_SIZE];
    char version[256];
    char folder[NG_PATH_SIZE];
    double fmax[NG_ROUTE_SEEDS_MAX];
    json_t *failed; /* seeds that nextpnr did not finish in time */
    json_t *cells;  /* of the first routed netlist */
} run;

/* ---- the design ---- */

static bool write_text(const run *r, const char *name, const char *text, ng_error *error)
{
    char path[NG_PATH_SIZE];
    return ng_path(path, error, "%s/%s", r->folder, name) && ng_write_file(path, text, strlen(text), error);
}

/* What is placed is checked once more where it is not letter by letter what was counted. */
static bool copy_netlist(const run *r, ng_error *error)
{
    char netlist[NG_PATH_SIZE];
    char path[NG_PATH_SIZE];
    unsigned changed = 0;
    if (!ng_cost_netlist(r->cost, netlist, error) || !ng_path(path, error, "%s/netlist.json", r->folder) ||
        !ng_route_legal(netlist, path, &changed, error)) {
        return false;
    }
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    bool fine = verdict != NULL;
    if (fine && changed != 0) {
        fine = ng_check_netlist(r->path, r->target, path, 1, NG_ROUTE_CASES, verdict, error) &&
               (verdict->mismatches == 0 || ng_fail(error, NG_EXIT_CHECK, "%s: %s", path, verdict->first));
    }
    free(verdict);
    return fine;
}

/* The registers are mapped around a black box, which then is replaced by the very netlist that was counted. */
static bool write_script(const run *r, ng_error *error)
{
    char script[1024];
    const char *unit = r->path->unit->name;
    const int length = snprintf(script, sizeof script,
                                "read_json netlist.json\ndesign -stash unit\nread_verilog -sv wrapper.sv\n%s -top ng_route\n"
                                "delete =%s\ndesign -copy-from unit -as %s %s\nhierarchy -check -top ng_route\nflatten\n"
                                "opt_clean\nwrite_json design.json\n",
                                r->row->synth_command, unit, unit, unit);
    return (length > 0 && (size_t)length < sizeof script && write_text(r, "route.ys", script, error)) ||
           ng_fail(error, NG_EXIT_MISSING, "route script: too long");
}

static bool make_design(const run *r, ng_error *error)
{
    char log[NG_PATH_SIZE];
    const char *const argv[] = {ng_yosys_program(), "-s", "route.ys", NULL};
    return copy_netlist(r, error) && write_text(r, "wrapper.sv", r->wrapper, error) &&
           write_text(r, "pins", r->row->constraints, error) && write_script(r, error) &&
           ng_path(log, error, "%s/yosys.log", r->folder) && ng_run(argv, r->folder, log, error);
}

/* ---- counting ---- */

static bool is_listed(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at++) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == 0)) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* Cells keep their names: those of the unit lie below its instance, also where yosys made the name up. Other names with "$" in
 * front are of nextpnr's making. */
static const char *owner_of(const char *name)
{
    static const char flattened[] = "$flatten\\";
    const size_t skipped = strncmp(name, flattened, sizeof flattened - 1) == 0 ? sizeof flattened - 1 : 0;
    return strncmp(name + skipped, "u_unit.", 7) == 0 ? "unit" : name[0] == '$' ? "added" : "wrapper";
}

static void add_one(json_t *table, const char *type, const char *owner)
{
    json_t *row = json_object_get(table, type);
    if (row == NULL) {
        row = json_pack("{s:i, s:i, s:i}", "unit", 0, "added", 0, "wrapper", 0);
        (void)json_object_set_new(table, type, row);
    }
    (void)json_integer_set(json_object_get(row, owner), json_integer_value(json_object_get(row, owner)) + 1);
}

static json_t *count_cells(const run *r, int *luts, int *flip_flops)
{
    json_t *table = json_object();
    const char *name;
    json_t *cell;
    *luts = 0;
    *flip_flops = 0;
    json_object_foreach(r->cells, name, cell) {
        const char *type = json_string_value(json_object_get(cell, "type"));
        const char *owner = owner_of(name);
        if (type == NULL) {
            continue;
        }
        add_one(table, type, owner);
        if (strcmp(owner, "unit") == 0 && is_listed(r->row->luts, type)) {
            (*luts)++;
            *flip_flops += ends_with(name, "_DFFLC");
        }
    }
    return table;
}

/* ---- the record ---- */

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;
    return (left > right) - (left < right);
}

static json_t *fmax_record(const run *r)
{
    double sorted[NG_ROUTE_SEEDS_MAX];
    json_t *all = json_array();
    memcpy(sorted, r->fmax, sizeof sorted);
    qsort(sorted, r->seeds, sizeof sorted[0], compare);
    for (unsigned i = 0; i < r->seeds; i++) {
        (void)json_array_append_new(all, json_real(r->fmax[i]));
    }
    const double median = (sorted[(r->seeds - 1) / 2] + sorted[r->seeds / 2]) / 2;
    return json_pack("{s:f, s:f, s:f, s:f, s:o}", "median", median, "least", sorted[0], "largest", sorted[r->seeds - 1],
                     "spread_pct", 100 * (sorted[r->seeds - 1] - sorted[0]) / median, "all", all);
}

static json_t *make_record(const run *r)
{
    int luts;
    int flip_flops;
    json_t *cells = count_cells(r, &luts, &flip_flops);
    const bool logic_cells = r->target->sites == NG_SITES_LOGIC_CELLS;
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:i, s:o, s:i, s:o, s:o, s:s, s:s, s:O, s:O, s:s, s:O}", "unit",
                     r->path->unit->name, "weights", r->path->weight->name, "activations", r->path->activation->name,
                     "lanes", (int)r->path->lanes, "terms", (int)r->path->terms, "target", r->target->name, "device",
                     r->row->arguments, "seeds", (int)r->seeds, "fmax_mhz", fmax_record(r), "luts", luts,
                     "flip_flop_cells", logic_cells ? json_integer(flip_flops) : json_null(), "cells", cells, "nextpnr",
                     r->version, "package", r->row->program, "yosys", json_object_get(r->cost, "yosys"), "netlist_sha256",
                     json_object_get(r->cost, "netlist_sha256"), "source", ng_source_hash(NG_SOURCE_ROUTE), "failed_seeds",
                     r->failed);
}

/* ---- running ---- */

/* Seeds from 1 up until enough of them are routed; as many may run out of time. */
static bool place_all(run *r, ng_error *error)
{
    unsigned routed = 0;
    for (unsigned seed = 1; routed < r->seeds; seed++) {
        bool ended;
        if (!ng_nextpnr_run(r->row, r->program, r->folder, seed, &ended, &r->fmax[routed],
                            r->cells == NULL ? &r->cells : NULL, error)) {
            return false;
        }
        routed += ended;
        if (!ended && (json_array_append_new(r->failed, json_integer(seed)) != 0 || json_array_size(r->failed) > r->seeds)) {
            return ng_fail(error, NG_EXIT_CHECK, "%s: %u of %u seeds not routed within %d s each", r->row->program,
                           seed - routed, seed, NG_ROUTE_LIMIT_S);
        }
    }
    return true;
}

static bool route(run *r, const char *key, json_t **record, ng_error *error)
{
    if (!ng_path(r->folder, error, "build/route/%s.tmp.%ld", key, (long)getpid()) || !ng_remove_tree(r->folder, error) ||
        !ng_make_folders(r->folder, error)) {
        return false;
    }
    r->failed = json_array();
    const bool fine = make_design(r, error) && place_all(r, error);
    (void)ng_remove_tree(r->folder, NULL);
    if (fine) {
        *record = make_record(r);
    }
    json_decref(r->cells);
    json_decref(r->failed);
    return fine && (*record != NULL ? ng_store_put("route", key, *record, error)
                                    : ng_fail(error, NG_EXIT_MISSING, "route: out of memory"));
}

/* The record depends on the yosys that maps the registers, too. */
static bool make_key(const run *r, char key[NG_HASH_SIZE], ng_error *error)
{
    ng_hash hash;
    char yosys[128];
    if (!ng_yosys_version(yosys, error)) {
        return false;
    }
    ng_hash_start(&hash);
    ng_hash_text(&hash, "source", ng_source_hash(NG_SOURCE_ROUTE));
    ng_hash_text(&hash, "netlist", json_string_value(json_object_get(r->cost, "netlist_sha256")));
    ng_hash_text(&hash, "target", r->target->name);
    ng_hash_text(&hash, "wrapper", r->wrapper);
    ng_hash_text(&hash, "weights", r->path->weight->name);
    ng_hash_text(&hash, "activations", r->path->activation->name);
    ng_hash_text(&hash, "nextpnr", r->version);
    ng_hash_text(&hash, "yosys", yosys);
    ng_hash_number(&hash, "seeds", r->seeds);
    ng_hash_end(&hash, key);
    return true;
}

bool ng_route(const ng_datapath *path, const ng_target *target, const json_t *cost, unsigned seeds, json_t **record,
              ng_error *error)
{
    char key[NG_HASH_SIZE];
    run r = {.path = path, .target = target, .cost = cost, .row = ng_nextpnr_find(target), .seeds = seeds};
    *record = NULL;
    if (r.row == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "no place and route for target %s", target->name);
    }
    if (seeds < NG_ROUTE_SEEDS || seeds > NG_ROUTE_SEEDS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "%u seeds are not in %d..%d", seeds, NG_ROUTE_SEEDS, NG_ROUTE_SEEDS_MAX);
    }
    if (!ng_nextpnr_locate(r.row, r.program, r.version, error) || !ng_route_wrapper(path, r.row->clock, &r.wrapper, error)) {
        return false;
    }
    const bool fine = make_key(&r, key, error) && ng_store_get("route", key, record, error) &&
                      (*record != NULL || route(&r, key, record, error));
    free(r.wrapper);
    return fine;
}
