#include "src/mixed/choose.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

enum { TRIES = 4 };

#define TIGHTER 1e-7 /* of the budget, as often as the solver's tolerance lets a sum go beyond it */

static size_t option_at(const ng_mixed_problem *problem, size_t layer, size_t option)
{
    return layer * problem->options + option;
}

static double cost_at(const ng_mixed_problem *problem, size_t budget, size_t layer, size_t option)
{
    return problem->cost[budget * problem->layers * problem->options + option_at(problem, layer, option)];
}

double ng_mixed_cost(const ng_mixed_problem *problem, size_t budget, const size_t *choice)
{
    double sum = 0;
    for (size_t layer = 0; layer < problem->layers; layer++) {
        sum += cost_at(problem, budget, layer, choice[layer]);
    }
    return sum;
}

/* Budgets that not even the cheapest options keep to. */
static bool check_budgets(const ng_mixed_problem *problem, ng_error *error)
{
    for (size_t b = 0; b < problem->budgets; b++) {
        double least = 0;
        for (size_t layer = 0; layer < problem->layers; layer++) {
            double cheapest = INFINITY;
            for (size_t option = 0; option < problem->options; option++) {
                cheapest = fmin(cheapest, cost_at(problem, b, layer, option));
            }
            least += cheapest;
        }
        if (least > problem->budget[b]) {
            return ng_fail(error, NG_EXIT_CHECK, "budget number %zu is %g, the least that the layers need is %g", b + 1,
                           problem->budget[b], least);
        }
    }
    return true;
}

static double largest_loss(const ng_mixed_problem *problem)
{
    double largest = 0;
    for (size_t i = 0; i < problem->layers * problem->options; i++) {
        largest = fmax(largest, fabs(problem->loss[i]));
    }
    return largest > 0 ? largest : 1;
}

/* Variables are numbered from 1, as GLPK does; rows: one a layer, then one a budget. */
static void add_variables(glp_prob *lp, const ng_mixed_problem *problem)
{
    const double largest = largest_loss(problem);
    glp_add_cols(lp, (int)(problem->layers * problem->options));
    for (size_t i = 0; i < problem->layers * problem->options; i++) {
        glp_set_col_kind(lp, (int)i + 1, GLP_BV);
        glp_set_obj_coef(lp, (int)i + 1, problem->loss[i] / largest);
    }
}

static void add_layers(glp_prob *lp, const ng_mixed_problem *problem, int *index, double *value)
{
    for (size_t layer = 0; layer < problem->layers; layer++) {
        for (size_t option = 0; option < problem->options; option++) {
            index[option + 1] = (int)option_at(problem, layer, option) + 1;
            value[option + 1] = 1;
        }
        glp_set_row_bnds(lp, (int)layer + 1, GLP_FX, 1, 1);
        glp_set_mat_row(lp, (int)layer + 1, (int)problem->options, index, value);
    }
}

static void add_budgets(glp_prob *lp, const ng_mixed_problem *problem, int *index, double *value)
{
    const size_t count = problem->layers * problem->options;
    for (size_t b = 0; b < problem->budgets; b++) {
        for (size_t i = 0; i < count; i++) {
            index[i + 1] = (int)i + 1;
            value[i + 1] = problem->cost[b * count + i] / problem->budget[b];
        }
        glp_set_mat_row(lp, (int)(problem->layers + b) + 1, (int)count, index, value);
    }
}

static void read_choice(glp_prob *lp, const ng_mixed_problem *problem, size_t *choice)
{
    for (size_t layer = 0; layer < problem->layers; layer++) {
        choice[layer] = 0;
        for (size_t option = 1; option < problem->options; option++) {
            if (glp_mip_col_val(lp, (int)option_at(problem, layer, option) + 1) > 0.5) {
                choice[layer] = option;
            }
        }
    }
}

static bool keeps_budgets(const ng_mixed_problem *problem, const size_t *choice)
{
    for (size_t b = 0; b < problem->budgets; b++) {
        if (ng_mixed_cost(problem, b, choice) > problem->budget[b]) {
            return false;
        }
    }
    return true;
}

static bool solve(glp_prob *lp, const ng_mixed_problem *problem, size_t *choice)
{
    glp_iocp settings;
    glp_init_iocp(&settings);
    settings.presolve = GLP_ON;
    settings.msg_lev = GLP_MSG_OFF;
    for (int i = 0; i < TRIES; i++) {
        for (size_t b = 0; b < problem->budgets; b++) {
            glp_set_row_bnds(lp, (int)(problem->layers + b) + 1, GLP_UP, 0, 1 - i * TIGHTER);
        }
        if (glp_intopt(lp, &settings) != 0 || glp_mip_status(lp) != GLP_OPT) {
            return false;
        }
        read_choice(lp, problem, choice);
        if (keeps_budgets(problem, choice)) {
            return true;
        }
    }
    return false;
}

bool ng_mixed_choose(const ng_mixed_problem *problem, size_t *choice, ng_error *error)
{
    const size_t count = problem->layers * problem->options;
    if (!check_budgets(problem, error)) {
        return false;
    }
    int *index = malloc((count + 1) * sizeof *index);
    double *value = malloc((count + 1) * sizeof *value);
    bool fine = index != NULL && value != NULL;
    if (fine) {
        glp_prob *lp = glp_create_prob();
        (void)glp_term_out(GLP_OFF);
        glp_set_obj_dir(lp, GLP_MIN);
        glp_add_rows(lp, (int)(problem->layers + problem->budgets));
        add_variables(lp, problem);
        add_layers(lp, problem, index, value);
        add_budgets(lp, problem, index, value);
        fine = solve(lp, problem, choice);
        glp_delete_prob(lp);
    }
    free(index);
    free(value);
    return fine || ng_fail(error, NG_EXIT_MISSING, "no memory, or GLPK found no choice of options");
}
