#include "src/mutants/mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "src/base/process.h"
#include "src/base/source_hash.h"
#include "src/mutants/contract.h"
#include "src/mutants/mutation.h"
#include "src/mutants/subject.h"
#include "src/netlist/blif.h"
#include "src/store/store.h"
#include "src/synth/script.h"
#include "src/synth/synth.h"
#include "src/verify/abc.h"
#include "src/verify/verify.h"

enum { DRAWS = 1000 };

typedef struct {
    ng_datapath path;
    ng_mutants_class class;
    const ng_mutants_request *request;
    const ng_target *target;
    ng_synthesis plan;
    char folder[NG_PATH_SIZE];
    ng_netlist netlist;
    size_t made;
    size_t caught;
    size_t equivalent;
    size_t assumed;
    json_t *survivors;
    double seconds;
} run;

const char *ng_mutants_class_name(ng_mutants_class class)
{
    return class == NG_MUTANTS_RTL ? "rtl" : "netlist";
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- one mutant ---- */

/* True in *caught if the check finds a mismatch. number: of a mutant of RTL, 0: none. */
static bool check(run *r, unsigned number, uint64_t cases, bool *caught, ng_error *error)
{
    const ng_check_request request = {.name = r->path.unit->name,
                                      .seed = r->request->seed,
                                      .cases = cases,
                                      .first_only = true,
                                      .tied = r->class == NG_MUTANTS_RTL ? NG_MUTANT_PORT : NULL,
                                      .tied_to = number};
    ng_verdict *verdict = calloc(1, sizeof *verdict);
    if (verdict == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "mutants: out of memory");
    }
    const bool fine = ng_check_loaded(&r->path, &r->netlist, &request, verdict, error);
    *caught = verdict->mismatches != 0;
    free(verdict);
    return fine;
}

static bool write_blif(run *r, unsigned number, const ng_blif_ascent *ascent, const char *name, ng_error *error)
{
    char path[NG_PATH_SIZE];
    const ng_blif_options options = {.tied = r->class == NG_MUTANTS_RTL ? NG_MUTANT_PORT : NULL,
                                     .tied_to = number,
                                     .ascent = ascent != NULL ? *ascent : (ng_blif_ascent){0}};
    return ng_path(path, error, "%s/%s", r->folder, name) && ng_netlist_blif(&r->netlist, &options, path, error);
}

typedef enum { DIFFERENT = 0, UNDECIDED = 1, EQUAL = 2 } answer;

/* ABC on two files. A mutant has its original's flip-flops, so what differs in no state at all is soonest shown. */
static bool ask(run *r, const char *left, const char *right, unsigned limit_s, answer *said, ng_error *error)
{
    const char *result = NULL;
    double seconds;
    ng_abc_question question = {.folder = r->folder,
                                .left = left,
                                .right = right,
                                .clocked = r->netlist.clock != NG_NET_ZERO,
                                .any_state = true,
                                .limit_s = limit_s};
    if (!ng_abc_ask(&question, &result, &seconds, error)) {
        return false;
    }
    if (question.clocked && strcmp(result, "proven") != 0) {
        question.any_state = false;
        if (!ng_abc_ask(&question, &result, &seconds, error)) {
            return false;
        }
    }
    *said = strcmp(result, "proven") == 0 ? EQUAL : strcmp(result, "refuted") == 0 ? DIFFERENT : UNDECIDED;
    return true;
}

/* The same where the unit's contract holds. */
static bool ask_assumed(run *r, unsigned number, answer *said, ng_error *error)
{
    const ng_contract contract = ng_contract_of(&r->path);
    return contract.text == NULL ||
           (write_blif(r, number, &contract.ascent, "mutant.assumed.blif", error) &&
            ask(r, "original.assumed.blif", "mutant.assumed.blif", NG_MUTANTS_LIMIT_S, said, error));
}

typedef struct {
    bool caught;
    bool same;
    bool assumed; /* the same under the unit's contract alone */
} verdict;

/* Cheapest first: some cases, ABC for a moment, the proof under the contract, all cases, ABC for a minute. */
static bool examine(run *r, unsigned number, verdict *v, ng_error *error)
{
    const uint64_t cases = r->request->cases != 0 ? r->request->cases : NG_CASES_DEFAULT;
    answer said = UNDECIDED;
    answer under = UNDECIDED;
    if (!check(r, number, NG_MUTANTS_QUICK_CASES, &v->caught, error)) {
        return false;
    }
    if (v->caught) {
        return true;
    }
    if (!write_blif(r, number, NULL, "mutant.blif", error) ||
        !ask(r, "original.blif", "mutant.blif", NG_MUTANTS_MOMENT_S, &said, error) ||
        (said == DIFFERENT && !ask_assumed(r, number, &under, error))) {
        return false;
    }
    v->same = said == EQUAL || under == EQUAL;
    v->assumed = under == EQUAL;
    if (v->same) {
        return true;
    }
    if (!check(r, number, cases, &v->caught, error) ||
        (!v->caught && said == UNDECIDED && !ask(r, "original.blif", "mutant.blif", NG_MUTANTS_LIMIT_S, &said, error))) {
        return false;
    }
    v->same = said == EQUAL;
    return true;
}

static bool judge(run *r, unsigned number, const char *text, ng_error *error)
{
    verdict v = {false};
    if (!examine(r, number, &v, error)) {
        return false;
    }
    r->made++;
    r->caught += v.caught;
    r->equivalent += v.same;
    r->assumed += v.assumed;
    return v.caught || v.same || json_array_append_new(r->survivors, json_string(text)) == 0 ||
           ng_fail(error, NG_EXIT_MISSING, "mutants: out of memory");
}

/* The circuit that nothing was done to must pass, or catching its mutants means nothing. */
static bool check_original(run *r, ng_error *error)
{
    const ng_contract contract = ng_contract_of(&r->path);
    bool caught = false;
    return write_blif(r, 0, NULL, "original.blif", error) &&
           (contract.text == NULL || write_blif(r, 0, &contract.ascent, "original.assumed.blif", error)) &&
           check(r, 0, NG_MUTANTS_QUICK_CASES, &caught, error) &&
           (!caught || ng_fail(error, NG_EXIT_CHECK, "%s: the circuit itself fails its check", r->path.unit->name));
}

/* ---- mutants of RTL ---- */

static bool map_mutants(run *r, ng_error *error)
{
    char path[NG_PATH_SIZE];
    char log[NG_PATH_SIZE];
    char *script = NULL;
    ng_sources sources;
    const char *const argv[] = {ng_yosys_program(), "-s", "script.ys", NULL};
    if (!ng_sources_find(&sources, r->request->rtl, r->path.unit->name, error)) {
        return false;
    }
    const bool fine =
        ng_script_mutants(&r->path, r->target, &sources, r->request->count, r->request->seed, &script, error) &&
        ng_sources_write(&sources, r->folder, error) && ng_path(path, error, "%s/script.ys", r->folder) &&
        ng_path(log, error, "%s/yosys.log", r->folder) && ng_write_file(path, script, strlen(script), error) &&
        ng_run(argv, r->folder, log, error) && ng_path(path, error, "%s/netlist.json", r->folder) &&
        ng_netlist_load_for(&r->netlist, path, r->target, ng_datapath_dsps(&r->path) != 0, error);
    free(script);
    ng_sources_free(&sources);
    return fine;
}

/* Lines of mutants.txt, in the order of the numbers. */
static bool judge_lines(run *r, char *lines, ng_error *error)
{
    unsigned number = 0;
    char *rest = NULL;
    for (char *line = strtok_r(lines, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        const char *mode = strstr(line, "-mode ");
        if (!judge(r, ++number, mode != NULL ? mode : line, error)) {
            return false;
        }
    }
    return number != 0 || ng_fail(error, NG_EXIT_CHECK, "%s: yosys made no mutants", r->path.unit->name);
}

static bool run_rtl(run *r, ng_error *error)
{
    char path[NG_PATH_SIZE];
    ng_buffer lines;
    if (!map_mutants(r, error)) {
        return false;
    }
    const bool read = check_original(r, error) && ng_path(path, error, "%s/mutants.txt", r->folder) &&
                      ng_read_file(path, (size_t)1 << 24, &lines, error);
    const bool fine = read && judge_lines(r, (char *)lines.data, error);
    if (read) {
        ng_buffer_free(&lines);
    }
    ng_netlist_free(&r->netlist);
    return fine;
}

/* ---- mutants of the netlist ---- */

static bool is_among(const ng_mutation *list, size_t count, const ng_mutation *one)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == one->kind && list[i].cell == one->cell && list[i].place == one->place &&
            list[i].value == one->value) {
            return true;
        }
    }
    return false;
}

/* A mutation that is not in the list yet; false when there hardly is one. */
static bool draw_new(const run *r, ng_random *random, const ng_mutation *list, size_t count, ng_mutation *mutation)
{
    for (unsigned draw = 0; draw < DRAWS; draw++) {
        if (ng_mutation_draw(&r->netlist, random, mutation) && !is_among(list, count, mutation)) {
            return true;
        }
    }
    return false;
}

static bool judge_mutations(run *r, ng_mutation *list, ng_error *error)
{
    ng_random random = ng_random_start(r->request->seed, r->path.unit->id);
    bool fine = true;
    for (size_t i = 0; fine && i < r->request->count && draw_new(r, &random, list, i, &list[i]); i++) {
        char text[256];
        ng_cell undo;
        ng_mutation_text(&r->netlist, &list[i], text);
        ng_mutation_apply(&r->netlist, &list[i], &undo);
        fine = judge(r, 0, text, error);
        r->netlist.cells[list[i].cell] = undo;
    }
    return fine;
}

static bool run_netlist(run *r, ng_error *error)
{
    ng_synthesis made;
    ng_mutation *list = calloc(r->request->count, sizeof *list);
    if (list == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "mutants: out of memory");
    }
    bool fine = ng_synthesise(&r->path, r->target, r->request->rtl, &made, error) &&
                ng_netlist_load_for(&r->netlist, made.netlist, r->target, ng_datapath_dsps(&r->path) != 0, error);
    if (fine) {
        fine = check_original(r, error) && judge_mutations(r, list, error);
        ng_netlist_free(&r->netlist);
    }
    free(list);
    return fine;
}

/* ---- the record ---- */

static void make_key(const run *r, char key[NG_HASH_SIZE])
{
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "source", ng_source_hash(NG_SOURCE_MUTANTS));
    ng_hash_text(&hash, "class", ng_mutants_class_name(r->class));
    ng_hash_text(&hash, "synthesis", r->plan.key);
    ng_hash_text(&hash, "weights", r->path.weight->name);
    ng_hash_text(&hash, "activations", r->path.activation->name);
    ng_hash_number(&hash, "terms", r->path.terms);
    ng_hash_number(&hash, "count", r->request->count);
    ng_hash_number(&hash, "seed", r->request->seed);
    ng_hash_number(&hash, "cases", (long long)r->request->cases);
    ng_hash_end(&hash, key);
}

static json_t *make_record(const run *r)
{
    const uint64_t cases = r->request->cases != 0 ? r->request->cases : NG_CASES_DEFAULT;
    const char *assumption = ng_contract_of(&r->path).text;
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:i, s:i, s:i, s:i, s:s*, s:O, s:I, s:i, s:f, s:s, s:s, s:s}",
                     "unit", r->path.unit->name, "group", ng_mutant_group(r->path.unit), "weights",
                     r->path.weight->name, "activations", r->path.activation->name, "lanes", (int)r->path.lanes,
                     "terms", (int)r->path.terms, "class", ng_mutants_class_name(r->class), "target",
                     r->target->name, "mutants", (int)r->made, "caught", (int)r->caught, "equivalent",
                     (int)r->equivalent, "assumed", (int)r->assumed, "assumption", assumption, "survivors",
                     r->survivors, "cases", (json_int_t)cases, "seed", (int)r->request->seed, "seconds", r->seconds,
                     "yosys", r->plan.yosys, "rtl_sha256", r->plan.rtl_sha256, "source",
                     ng_source_hash(NG_SOURCE_MUTANTS));
}

static bool make(run *r, const char *key, json_t **record, ng_error *error)
{
    const double start = now();
    if (!ng_path(r->folder, error, "build/mutants/%s.tmp.%ld", key, (long)getpid()) || !ng_remove_tree(r->folder, error) ||
        !ng_make_folders(r->folder, error)) {
        return false;
    }
    r->survivors = json_array();
    const bool fine = r->class == NG_MUTANTS_RTL ? run_rtl(r, error) : run_netlist(r, error);
    (void)ng_remove_tree(r->folder, NULL);
    r->seconds = now() - start;
    *record = fine ? make_record(r) : NULL;
    json_decref(r->survivors);
    return fine && (*record != NULL ? ng_store_put("mutants", key, *record, error)
                                    : ng_fail(error, NG_EXIT_MISSING, "mutants: out of memory"));
}

/* Everything that is known before a mutant is made. */
static bool prepare(run *r, const ng_unit *unit, const char *version, char key[NG_HASH_SIZE], ng_error *error)
{
    if (!ng_mutant_subject(unit, &r->path, error)) {
        return false;
    }
    /* Mutants of RTL are mapped fastest to ice40, which lacks the DSP blocks some circuits name. */
    const bool small = r->class == NG_MUTANTS_RTL && ng_datapath_dsps(&r->path) == 0;
    r->target = ng_target_find(small ? "ice40" : "xc7");
    if (!ng_synth_plan(&r->path, r->target, r->request->rtl, version, &r->plan, error)) {
        return false;
    }
    make_key(r, key);
    return true;
}

bool ng_mutants(const ng_unit *unit, ng_mutants_class class, const ng_mutants_request *request, json_t **record,
                ng_error *error)
{
    char key[NG_HASH_SIZE];
    run r = {.class = class, .request = request};
    *record = NULL;
    return prepare(&r, unit, NULL, key, error) && ng_store_get("mutants", key, record, error) &&
           (*record != NULL || make(&r, key, record, error));
}

bool ng_mutants_stored(const ng_unit *unit, ng_mutants_class class, const ng_mutants_request *request,
                       const char *version, json_t **record, ng_error *error)
{
    char key[NG_HASH_SIZE];
    run r = {.class = class, .request = request};
    *record = NULL;
    return prepare(&r, unit, version, key, error) && ng_store_get("mutants", key, record, error);
}
