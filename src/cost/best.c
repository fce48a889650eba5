#include "src/cost/best.h"

#include <stdlib.h>

enum { CANDIDATES_MAX = 64 };

static const char names[][12] = {"sites", "depth", "area-delay"};
static const unsigned chains[] = {4, 8, 16, NG_LANES_MAX};

typedef struct {
    ng_datapath path;
    json_t *record;
    double first;  /* what is compared, and what settles a tie */
    double second;
} candidate;

typedef struct {
    const ng_contest *contest;
    const ng_target *target;
    const ng_cost_options *options;
    const ng_verify_options *how;
    candidate list[CANDIDATES_MAX];
    size_t count;
} contest_run;

const char *ng_goal_name(unsigned goal)
{
    return goal < sizeof names / sizeof names[0] ? names[goal] : NULL;
}

static double number(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

static void rate(candidate *here, ng_goal goal)
{
    const double sites = number(here->record, "honest_sites");
    const double depth = number(here->record, "depth");
    switch (goal) {
    case NG_GOAL_SITES:
        here->first = sites;
        here->second = depth;
        break;
    case NG_GOAL_DEPTH:
        here->first = depth;
        here->second = sites;
        break;
    case NG_GOAL_AREA_DELAY:
        here->first = sites * depth;
        here->second = sites;
        break;
    }
}

/* Adds the circuit in the order of the goal. */
static bool add(contest_run *run, const ng_request *request, ng_error *error)
{
    candidate made = {.record = NULL};
    if (ng_datapath_init(&made.path, request) != NG_OK) {
        return true; /* not made for the pair */
    }
    if (!ng_cost(&made.path, run->target, run->options, &made.record, error)) {
        return false;
    }
    rate(&made, run->contest->goal);
    size_t at = run->count++;
    for (; at > 0 && (run->list[at - 1].first > made.first ||
                      (run->list[at - 1].first == made.first && run->list[at - 1].second > made.second)); at--) {
        run->list[at] = run->list[at - 1];
    }
    run->list[at] = made;
    return true;
}

/* One architecture with every chain length that its lanes have room for. */
static bool add_chains(contest_run *run, ng_request request, ng_error *error)
{
    ng_datapath path;
    const bool chained = request.kind == NG_UNIT_DOT || request.kind == NG_UNIT_PIPE;
    if (!chained || run->contest->chain_fixed || ng_datapath_init(&path, &request) != NG_OK) {
        return add(run, &request, error);
    }
    unsigned before = 0;
    for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++) {
        request.chain = chains[i] < path.lanes ? chains[i] : path.lanes;
        if (request.chain != before && !add(run, &request, error)) {
            return false;
        }
        before = request.chain;
    }
    return true;
}

static bool add_all(contest_run *run, ng_error *error)
{
    ng_datapath path;
    ng_request request = run->contest->request;
    if (run->contest->architecture_fixed) {
        return add_chains(run, request, error);
    }
    request.architecture = 0;
    if (ng_datapath_init(&path, &request) != NG_OK) {
        return ng_fail(error, NG_EXIT_USAGE, "no circuit for %s x %s", request.weight->name, request.activation->name);
    }
    for (; ng_architecture_at(path.unit, request.architecture) != NULL; request.architecture++) {
        if (!add_chains(run, request, error)) {
            return false;
        }
    }
    return true;
}

static bool clean(json_t *record)
{
    const bool fine = json_integer_value(json_object_get(record, "mismatches")) == 0 &&
                      json_integer_value(json_object_get(record, "cases")) > 0;
    json_decref(record);
    return fine;
}

static bool verify(const contest_run *run, const candidate *here, bool *verified, ng_error *error)
{
    char netlist[NG_PATH_SIZE];
    json_t *rtl = NULL;
    json_t *mapped = NULL;
    if (!ng_verify_rtl(&here->path, 1, run->how, &rtl, error)) {
        return false;
    }
    if (!ng_cost_netlist(here->record, netlist, error) ||
        !ng_verify_netlist(&here->path, run->target, netlist, run->how, &mapped, error)) {
        json_decref(rtl);
        return false;
    }
    const bool rtl_clean = clean(rtl);
    *verified = clean(mapped) && rtl_clean;
    return true;
}

static json_t *candidate_record(const candidate *here, const json_t *verified)
{
    json_t *made = json_object();
    static const char *const fields[] = {"variant", "chain", "lut_cells", "honest_sites", "depth"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        (void)json_object_set(made, fields[i], json_object_get(here->record, fields[i]));
    }
    (void)json_object_set(made, "verified", (json_t *)verified);
    return made;
}

/* A copy: what the store handed out is not written to. */
static json_t *winner_record(const contest_run *run, size_t winner)
{
    json_t *list = json_array();
    json_t *made = json_deep_copy(run->list[winner].record);
    for (size_t i = 0; i < run->count; i++) {
        const json_t *verified = i < winner ? json_false() : i == winner ? json_true() : json_null();
        (void)json_array_append_new(list, candidate_record(&run->list[i], verified));
    }
    (void)json_object_set_new(made, "objective", json_string(ng_goal_name(run->contest->goal)));
    if (json_object_set_new(made, "candidates", list) != 0) {
        json_decref(made);
        return NULL;
    }
    return made;
}

static bool choose(const contest_run *run, json_t **record, ng_error *error)
{
    for (size_t i = 0; i < run->count; i++) {
        bool verified = false;
        if (!verify(run, &run->list[i], &verified, error)) {
            return false;
        }
        if (verified) {
            *record = winner_record(run, i);
            return *record != NULL || ng_fail(error, NG_EXIT_MISSING, "cost: out of memory");
        }
    }
    return ng_fail(error, NG_EXIT_CHECK, "%s x %s: no circuit equals the golden model", run->contest->request.weight->name,
                   run->contest->request.activation->name);
}

bool ng_cost_best(const ng_contest *contest, const ng_target *target, const ng_cost_options *options,
                  const ng_verify_options *how, json_t **record, ng_error *error)
{
    contest_run *run = calloc(1, sizeof *run);
    *record = NULL;
    if (run == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "cost: out of memory");
    }
    *run = (contest_run){.contest = contest, .target = target, .options = options, .how = how};
    const bool fine = add_all(run, error) && choose(run, record, error);
    for (size_t i = 0; i < run->count; i++) {
        json_decref(run->list[i].record);
    }
    free(run);
    return fine;
}
