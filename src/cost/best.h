/* best.h: the best circuit of a datapath for a goal, among its architectures and chain lengths. */
#ifndef NG_BEST_H
#define NG_BEST_H

#include "src/cost/cost.h"
#include "src/verify/verify.h"

/* What is made small: honest sites; LUT levels of the longest path; their product. Equals are settled by the other one. */
typedef enum { NG_GOAL_SITES = 0, NG_GOAL_DEPTH = 1, NG_GOAL_AREA_DELAY = 2 } ng_goal;

/* "sites", "depth", "area-delay"; NULL past the last. */
const char *ng_goal_name(unsigned goal);

/* Which circuits compete. */
typedef struct {
    ng_request request; /* its architecture and chain are replaced unless fixed */
    ng_goal goal;
    bool architecture_fixed;
    bool chain_fixed;
} ng_contest;

/* Prices every architecture made for the pair with chains of 4, 8, 16 and all lanes (one each for units without chains), and
 * returns the record (src/cost/cost.h) of the best whose RTL and netlist equal the golden model, with two more fields:
 * objective, and candidates [{variant, chain, lut_cells, honest_sites, depth, verified}], best first, where verified is true
 * for the returned one, false for those before it that failed, and null for the others.
 * Errors: those of ng_cost() and ng_verify_rtl(); no candidate is verified (exit 1). */
bool ng_cost_best(const ng_contest *contest, const ng_target *target, const ng_cost_options *options,
                  const ng_verify_options *how, json_t **record, ng_error *error);

#endif
