/* choose.h: one of several options for every layer under budgets, by integer linear programming (HAWQ-V3, arXiv 2011.10680,
 * section 3.4), solved exactly by GLPK's branch and bound.
 *
 *   minimise sum_l loss[l][o_l]   so that for each budget b   sum_l cost[b][l][o_l] <= budget[b]
 *
 * as sum_o x[l][o] = 1, x binary. That the losses of layers add up is the paper's assumption, and where an optimum of this sum is
 * not one of the network.
 */
#ifndef NG_CHOOSE_H
#define NG_CHOOSE_H

#include "src/base/error.h"

#include <stddef.h>

typedef struct {
    size_t layers;
    size_t options;
    const double *loss;   /* [layers][options], finite */
    size_t budgets;       /* 0: none */
    const double *cost;   /* [budgets][layers][options], >= 0 */
    const double *budget; /* [budgets], > 0 */
} ng_mixed_problem;

/* choice[layers]: the optimum. Errors: exit 1 if no choice keeps to the budgets, which says what the least cost is; exit 3
 * where the solver fails. */
bool ng_mixed_choose(const ng_mixed_problem *problem, size_t *choice, ng_error *error);

/* Sum of the chosen options' cost under one budget. */
double ng_mixed_cost(const ng_mixed_problem *problem, size_t budget, const size_t *choice);

#endif
