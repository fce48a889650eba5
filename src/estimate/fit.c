#include "src/estimate/fit.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double worst_weight = 1.0;
static const double pull_weight = 0.06;      /* on the reference target */
static const double others_pull_weight = 0.2;

static const ng_target_id reference_target = NG_TARGET_xc7;

static double figure_of(const ng_priced_design *design, ng_figure figure)
{
    const double figures[NG_FIGURE_COUNT] = {design->lut_cells, design->honest_sites, design->ff};
    return figures[figure];
}

/* What the coefficients of a group lean to where the designs do not say: on the reference target the default, on others the
 * reference's coefficients, all times the same. */
typedef struct {
    double to[NG_TERM_COUNT];
    bool pulls[NG_TERM_COUNT];
    double weight;
} lean;

/* One linear program: columns are the coefficients, then an error for each design, the largest error, and for each coefficient how far
 * it is from what it leans to. */
typedef struct {
    glp_prob *program;
    const ng_priced_design *const *designs;
    size_t count;
    ng_figure figure;
    const lean *leaning;
} fitting;

static bool counts_in(ng_term_id term, ng_figure figure)
{
    return (ng_term_share(term) == NG_SHARE_REGISTER) == (figure == NG_FIGURE_FF);
}

/* sum_t c_t count / figure - sign * e <= 1 (sign 1), >= 1 (sign -1). */
static void bound_error(const fitting *work, size_t design, int sign)
{
    int column[NG_TERM_COUNT + 2];
    double value[NG_TERM_COUNT + 2];
    int used = 0;
    ng_terms terms;
    ng_terms_of(&work->designs[design]->design.path, &terms);
    const double figure = figure_of(work->designs[design], work->figure);
    for (int term = 0; term < NG_TERM_COUNT; term++) {
        if (terms.count[term] != 0 && counts_in((ng_term_id)term, work->figure)) {
            column[++used] = term + 1;
            value[used] = terms.count[term] / figure;
        }
    }
    column[++used] = NG_TERM_COUNT + 1 + (int)design;
    value[used] = -sign;
    const int row = glp_add_rows(work->program, 1);
    glp_set_mat_row(work->program, row, used, column, value);
    glp_set_row_bnds(work->program, row, sign > 0 ? GLP_UP : GLP_LO, 1, 1);
}

static void bound_largest(const fitting *work, size_t design)
{
    const int column[3] = {0, NG_TERM_COUNT + 1 + (int)design, NG_TERM_COUNT + 1 + (int)work->count};
    const double value[3] = {0, 1, -1};
    const int row = glp_add_rows(work->program, 1);
    glp_set_mat_row(work->program, row, 2, column, value);
    glp_set_row_bnds(work->program, row, GLP_UP, 0, 0);
}

/* What a term would be of the designs on average at one LUT a count; 0 where it leans to nothing. */
static double share_of(const fitting *work, ng_term_id term)
{
    double sum = 0;
    if (!work->leaning->pulls[term]) {
        return 0;
    }
    for (size_t i = 0; i < work->count; i++) {
        ng_terms terms;
        ng_terms_of(&work->designs[i]->design.path, &terms);
        sum += terms.count[term] / figure_of(work->designs[i], work->figure);
    }
    return sum / (double)work->count;
}

/* d >= |c - what it leans to| */
static void bound_pull(const fitting *work, int term)
{
    const int column[3] = {0, term + 1, NG_TERM_COUNT + 2 + (int)work->count + term};
    const double to = work->leaning->to[term];
    for (int sign = -1; sign <= 1; sign += 2) {
        const double value[3] = {0, 1, -sign};
        const int row = glp_add_rows(work->program, 1);
        glp_set_mat_row(work->program, row, 2, column, value);
        glp_set_row_bnds(work->program, row, sign > 0 ? GLP_UP : GLP_LO, to, to);
    }
}

static void state_problem(const fitting *work)
{
    const int largest = NG_TERM_COUNT + (int)work->count + 1;
    glp_set_obj_dir(work->program, GLP_MIN);
    glp_add_cols(work->program, largest + NG_TERM_COUNT);
    for (int i = 1; i <= largest + NG_TERM_COUNT; i++) {
        glp_set_col_bnds(work->program, i, GLP_LO, 0, 0);
    }
    for (int i = NG_TERM_COUNT + 1; i < largest; i++) {
        glp_set_obj_coef(work->program, i, 1.0 / (double)work->count);
    }
    glp_set_obj_coef(work->program, largest, worst_weight);
    for (size_t i = 0; i < work->count; i++) {
        bound_error(work, i, 1);
        bound_error(work, i, -1);
        bound_largest(work, i);
    }
    for (int term = 0; term < NG_TERM_COUNT; term++) {
        const double share = share_of(work, (ng_term_id)term);
        if (share > 0) {
            glp_set_obj_coef(work->program, largest + 1 + term, work->leaning->weight * share);
            bound_pull(work, term);
        }
    }
}

static bool solve(fitting *work, double *coefficients)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.presolve = GLP_ON;
    work->program = glp_create_prob();
    state_problem(work);
    const bool solved = glp_simplex(work->program, &how) == 0 && glp_get_status(work->program) == GLP_OPT;
    for (int term = 0; solved && term < NG_TERM_COUNT; term++) {
        const bool seen = glp_get_mat_col(work->program, term + 1, NULL, NULL) != 0;
        coefficients[term] = seen ? glp_get_col_prim(work->program, term + 1) : work->leaning->to[term];
    }
    glp_delete_prob(work->program);
    return solved;
}

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of figure / what the reference's coefficients make of the design. */
static double ratio_to(const ng_coefficients *reference, const ng_priced_design *const *designs, size_t count, ng_figure figure)
{
    double ratios[NG_DESIGNS_MAX] = {0};
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        ng_terms terms;
        ng_terms_of(&designs[i]->design.path, &terms);
        const double there = ng_estimate_with(reference, &terms).figure[figure];
        if (there > 0) {
            ratios[found++] = figure_of(designs[i], figure) / there;
        }
    }
    qsort(ratios, found, sizeof *ratios, rising);
    return found != 0 ? ratios[found / 2] : 1;
}

static lean lean_of(const ng_coefficients *reference, const ng_priced_design *const *designs, size_t count, ng_figure figure)
{
    lean of = {.weight = reference != NULL ? others_pull_weight : pull_weight};
    const double ratio = reference != NULL ? ratio_to(reference, designs, count, figure) : 1;
    for (int term = 0; term < NG_TERM_COUNT; term++) {
        const double usual = ng_estimate_default((ng_term_id)term, figure);
        of.to[term] = reference != NULL ? ratio * reference->of[figure][term] : usual;
        of.pulls[term] = reference != NULL ? counts_in((ng_term_id)term, figure) : usual != 0;
    }
    return of;
}

/* Designs whose figure is 0 (no registers in a combinational circuit) say nothing and are left out. reference: NULL on the
 * reference target itself. */
static bool fit_figure(const ng_priced_design *const *designs, size_t count, const ng_coefficients *reference, ng_figure figure,
                       double *coefficients, ng_error *error)
{
    const ng_priced_design *kept[NG_DESIGNS_MAX];
    fitting work = {NULL, kept, 0, figure, NULL};
    for (size_t i = 0; i < count; i++) {
        if (figure_of(designs[i], figure) > 0) {
            kept[work.count++] = designs[i];
        }
    }
    const lean leaning = lean_of(reference, kept, work.count, figure);
    work.leaning = &leaning;
    memcpy(coefficients, leaning.to, sizeof leaning.to);
    return work.count == 0 || solve(&work, coefficients) ||
           ng_fail(error, NG_EXIT_CHECK, "fit: no optimum for %s", ng_figure_name(figure));
}

static bool in_group(const ng_priced_design *design, ng_target_id target, ng_group group)
{
    ng_terms terms;
    ng_terms_of(&design->design.path, &terms);
    return design->design.target->id == target && terms.group == group;
}

static bool fit_group(const ng_priced_design *designs, size_t count, ng_target_id target, ng_group group, ng_fit *fit,
                      ng_error *error)
{
    const ng_priced_design *members[NG_DESIGNS_MAX];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!designs[i].design.held_out && in_group(&designs[i], target, group)) {
            members[found++] = &designs[i];
        }
    }
    fit->fitted[target][group] = found != 0;
    fit->error[target].fitted += (unsigned)found;
    fit->group_error[target][group].fitted = (unsigned)found;
    const bool leans = target != reference_target && fit->fitted[reference_target][group];
    const ng_coefficients *reference = leans ? &fit->group[reference_target][group] : NULL;
    for (unsigned figure = 0; found != 0 && figure < NG_FIGURE_COUNT; figure++) {
        if (!fit_figure(members, found, reference, (ng_figure)figure, fit->group[target][group].of[figure], error)) {
            return false;
        }
    }
    return true;
}

double ng_fit_error(const ng_fit *fit, const ng_priced_design *design, ng_figure figure)
{
    ng_terms terms;
    ng_terms_of(&design->design.path, &terms);
    const ng_estimate estimate = ng_estimate_with(&fit->group[design->design.target->id][terms.group], &terms);
    const double counted = figure_of(design, figure);
    if (counted == 0) {
        return estimate.figure[figure];
    }
    return fabs(estimate.figure[figure] / counted - 1);
}

/* Errors of a target's designs held out: of one group, or with NG_GROUP_COUNT of all. */
static void measure(const ng_priced_design *designs, size_t count, ng_target_id target, ng_group group, const ng_fit *fit,
                    ng_estimate_error *measured)
{
    double errors[NG_DESIGNS_MAX] = {0};
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            const bool member = group == NG_GROUP_COUNT ? designs[i].design.target->id == target
                                                        : in_group(&designs[i], target, group);
            if (designs[i].design.held_out && member) {
                errors[found++] = ng_fit_error(fit, &designs[i], (ng_figure)figure);
            }
        }
        qsort(errors, found, sizeof *errors, rising);
        measured->held_out = (unsigned)found;
        measured->median[figure] = found != 0 ? errors[found / 2] : 0;
        measured->worst[figure] = found != 0 ? errors[found - 1] : 0;
    }
}

bool ng_fit_make(const ng_priced_design *designs, size_t count, ng_fit *fit, ng_error *error)
{
    memset(fit, 0, sizeof *fit);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(designs[i].yosys, designs[0].yosys) != 0) {
            return ng_fail(error, NG_EXIT_USAGE, "table of designs: made by several versions of yosys (%s, %s)",
                           designs[0].yosys, designs[i].yosys);
        }
    }
    for (unsigned target = 0; target < NG_TARGET_COUNT; target++) {
        for (unsigned group = 0; group < NG_GROUP_COUNT; group++) {
            if (!fit_group(designs, count, (ng_target_id)target, (ng_group)group, fit, error)) {
                return false;
            }
            measure(designs, count, (ng_target_id)target, (ng_group)group, fit, &fit->group_error[target][group]);
        }
        measure(designs, count, (ng_target_id)target, NG_GROUP_COUNT, fit, &fit->error[target]);
    }
    return true;
}
