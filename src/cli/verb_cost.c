#include <string.h>

#include "src/base/nearest.h"
#include "src/base/source_hash.h"
#include "src/cli/cli.h"
#include "src/cost/best.h"
#include "src/estimate/estimate.h"

static double number(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

static void print_part(const json_t *split, const char *name)
{
    char status[32];
    const json_t *part = json_object_get(split, name);
    if (json_is_object(part)) {
        (void)printf("  %-13s %8.1f LUT cells %8.1f honest sites\n", name, number(part, "lut_cells"),
                     number(part, "honest_sites"));
    } else {
        (void)snprintf(status, sizeof status, "%s_status", name);
        const char *reason = json_string_value(json_object_get(split, status));
        (void)printf("  %-13s missing%s%s\n", name, reason != NULL ? ": " : "", reason != NULL ? reason : "");
    }
}

/* Products share the blocks and the LUTs around them. */
static void print_blocks(const json_t *record)
{
    const json_t *share = json_object_get(record, "per_mac");
    if (number(record, "dsp") != 0) {
        (void)printf("  DSP blocks %.0f, %.0f products each; a product: DSP %.3g, LUT cells %.3g, honest sites %.3g, FF %.3g\n",
                     number(record, "dsp"), number(record, "width"), number(share, "dsp"), number(share, "lut_cells"),
                     number(share, "honest_sites"), number(share, "ff"));
    }
}

/* The circuits that competed, best first. */
static void print_candidates(const json_t *record)
{
    size_t i;
    const json_t *row;
    json_array_foreach(json_object_get(record, "candidates"), i, row) {
        const json_t *verified = json_object_get(row, "verified");
        (void)printf("  %-8s chain %2.0f: LUT cells %6.0f, honest sites %6.0f, depth %3.0f%s\n",
                     json_string_value(json_object_get(row, "variant")), number(row, "chain"), number(row, "lut_cells"),
                     number(row, "honest_sites"), number(row, "depth"),
                     json_is_true(verified) ? "  <- best, verified" : json_is_false(verified) ? "  NOT the golden model" : "");
    }
}

static void print_table(const json_t *record)
{
    (void)printf("%s%s %s x %s, %.0f lanes, %.0f terms, on %s (%s)\n", json_string_value(json_object_get(record, "unit")),
                 json_is_true(json_object_get(record, "specials")) ? " with specials" : "",
                 json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")), number(record, "lanes"),
                 number(record, "terms"), json_string_value(json_object_get(record, "target")),
                 json_string_value(json_object_get(record, "yosys")));
    (void)printf("  LUT cells %.0f, sites %.0f + route-throughs %.0f = %.0f honest sites, carry %.0f, FF %.0f, MUXF %.0f, "
                 "depth %.0f\n",
                 number(record, "lut_cells"), number(record, "sites"), number(record, "route_throughs"),
                 number(record, "honest_sites"), number(record, "carry"), number(record, "ff"), number(record, "muxf"),
                 number(record, "depth"));
    print_blocks(record);
    (void)printf("  architecture %s: %s", json_string_value(json_object_get(record, "variant")),
                 json_string_value(json_object_get(record, "architecture")));
    if (number(record, "lanes") > 1) {
        (void)printf("; chain %.0f", number(record, "chain"));
    }
    if (json_object_get(record, "rule") != NULL) {
        (void)printf("; scale rule %s", json_string_value(json_object_get(record, "rule")));
    }
    if (json_object_get(record, "rounding") != NULL) {
        (void)printf("; rounding %s", json_string_value(json_object_get(record, "rounding")));
    }
    if (json_object_get(record, "latency") != NULL) {
        (void)printf("; latency %.0f", number(record, "latency"));
    }
    (void)putchar('\n');
}

static void print_split(const json_t *record)
{
    const json_t *split = json_object_get(record, "split");
    print_part(split, "multiply");
    print_part(split, "align");
    print_part(split, "accumulate");
    print_part(split, "convert_back");
    print_candidates(record);
}

static bool goal_option(const char *name, ng_goal *goal, ng_error *error)
{
    const char *names[8];
    size_t count = 0;
    for (; ng_goal_name((unsigned)count) != NULL; count++) {
        names[count] = ng_goal_name((unsigned)count);
        if (strcmp(name, names[count]) == 0) {
            *goal = (ng_goal)count;
            return true;
        }
    }
    char near[256];
    ng_nearest_text(name, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "--objective: unknown goal '%s'; nearest: %s", name, near);
}

/* The best of all circuits of the request. */
static bool best(const ng_options *options, const ng_request *request, const ng_target *target,
                 const ng_cost_options *counting, json_t **record, ng_error *error)
{
    ng_verify_options how;
    ng_contest contest = {.request = *request,
                          .architecture_fixed = options->architecture[0] != 0,
                          .chain_fixed = options->chain != 0};
    return goal_option(options->objective, &contest.goal, error) &&
           ng_verify_options_start(&how, options->rtl, 1, 0, error) &&
           ng_cost_best(&contest, target, counting, &how, record, error);
}

static void print_error(const char *of, const json_t *error)
{
    const json_t *cells = json_object_get(error, "lut_cells");
    const json_t *sites = json_object_get(error, "honest_sites");
    (void)printf("  error over %.0f circuits%s held out of the fit, median and worst: LUT cells %.1f %%, %.1f %%; honest sites %.1f %%, "
                 "%.1f %%\n",
                 number(error, "held_out"), of, 100 * number(cells, "median"), 100 * number(cells, "worst"),
                 100 * number(sites, "median"), 100 * number(sites, "worst"));
}

static void print_estimate(const json_t *record)
{
    char of[64];
    const char *target = json_string_value(json_object_get(record, "target"));
    (void)printf("estimate, not synthesised: %s %s x %s, %.0f lanes, %.0f terms, on %s (fitted to %s)\n",
                 json_string_value(json_object_get(record, "unit")), json_string_value(json_object_get(record, "weights")),
                 json_string_value(json_object_get(record, "activations")), number(record, "lanes"), number(record, "terms"),
                 target, json_string_value(json_object_get(record, "yosys")));
    (void)printf("  LUT cells %.0f, honest sites %.0f, FF %.0f\n", number(record, "lut_cells"), number(record, "honest_sites"),
                 number(record, "ff"));
    (void)snprintf(of, sizeof of, " of its kind, %s,", json_string_value(json_object_get(record, "group")));
    print_error(of, json_object_get(record, "group_error"));
    (void)snprintf(of, sizeof of, " of all kinds on %s", target);
    print_error(of, json_object_get(record, "error"));
}

static bool estimate(const ng_datapath *path, const ng_target *target, json_t **record, ng_error *error)
{
    *record = ng_estimate_record(path, target);
    return *record != NULL || ng_fail(error, NG_EXIT_USAGE, "cost: no estimate of %s on %s: its terms were not fitted",
                                      path->unit->name, target->name);
}

int ng_verb_cost(const ng_options *options, ng_error *error)
{
    ng_datapath path;
    ng_request request;
    ng_option_formats formats;
    const ng_target *target;
    json_t *record = NULL;
    const ng_cost_options counting = {options->rtl, ng_source_hash(NG_SOURCE_COST)};
    if (!ng_request_option(options, &formats, &request, error) || !ng_datapath_make(&request, &path, error) ||
        !ng_target_option(options->target, &target, error)) {
        return ng_verb_failed(error);
    }
    if (options->estimate         ? !estimate(&path, target, &record, error)
        : options->objective[0] != 0 ? !best(options, &request, target, &counting, &record, error)
                                     : !ng_cost(&path, target, &counting, &record, error)) {
        return ng_verb_failed(error);
    }
    if (options->json) {
        ng_print_json(record);
    } else {
        if (options->estimate) {
            print_estimate(record);
        } else {
            print_table(record);
        }
        print_split(record);
        json_decref(record);
    }
    return NG_EXIT_OK;
}
