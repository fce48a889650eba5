#include "src/estimate/fit.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double worst_weight = 1.0;

static double figure_of(const ng_priced_design *design, ng_figure figure)
{
    const double figures[NG_FIGURE_COUNT] = {design->lut_cells, design->honest_sites, design->ff};
    return figures[figure];
}

/* One linear program: columns are the coefficients, then an error for each design, then the largest error. */
typedef struct {
    glp_prob *program;
    const ng_priced_design *const *designs;
    size_t count;
    ng_figure figure;
} fitting;

/* sum_t c_t count / figure - sign * e <= 1 (sign 1), >= 1 (sign -1). */
static void bound_error(const fitting *work, size_t design, int sign)
{
    int column[NG_TERM_COUNT + 2];
    double value[NG_TERM_COUNT + 2];
    int used = 0;
    ng_terms terms;
    (void)ng_terms_of(&work->designs[design]->design.path, &terms);
    const double figure = figure_of(work->designs[design], work->figure);
    for (int term = 0; term < NG_TERM_COUNT; term++) {
        const bool is_register = ng_term_share((ng_term_id)term) == NG_SHARE_REGISTER;
        if (terms.count[term] != 0 && is_register == (work->figure == NG_FIGURE_FF)) {
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

static void state_problem(const fitting *work)
{
    const int columns = NG_TERM_COUNT + (int)work->count + 1;
    glp_set_obj_dir(work->program, GLP_MIN);
    glp_add_cols(work->program, columns);
    for (int i = 1; i <= columns; i++) {
        glp_set_col_bnds(work->program, i, GLP_LO, 0, 0);
        if (i > NG_TERM_COUNT) {
            glp_set_obj_coef(work->program, i, i == columns ? worst_weight : 1.0 / (double)work->count);
        }
    }
    for (size_t i = 0; i < work->count; i++) {
        bound_error(work, i, 1);
        bound_error(work, i, -1);
        bound_largest(work, i);
    }
}

/* Designs whose figure is 0 (no registers in a combinational circuit) say nothing and are left out. */
static bool fit_figure(const ng_priced_design *const *designs, size_t count, ng_figure figure, double *coefficients,
                       ng_error *error)
{
    const ng_priced_design *kept[NG_DESIGNS_MAX];
    fitting work = {NULL, kept, 0, figure};
    for (size_t i = 0; i < count; i++) {
        if (figure_of(designs[i], figure) > 0) {
            kept[work.count++] = designs[i];
        }
    }
    if (work.count == 0) {
        return true;
    }
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.presolve = GLP_ON;
    work.program = glp_create_prob();
    state_problem(&work);
    const bool solved = glp_simplex(work.program, &how) == 0 && glp_get_status(work.program) == GLP_OPT;
    for (int term = 0; solved && term < NG_TERM_COUNT; term++) {
        coefficients[term] = glp_get_col_prim(work.program, term + 1);
    }
    glp_delete_prob(work.program);
    return solved || ng_fail(error, NG_EXIT_CHECK, "fit: no optimum for %s", ng_figure_name(figure));
}

static bool in_group(const ng_priced_design *design, ng_target_id target, ng_group group)
{
    ng_terms terms;
    return design->design.target->id == target && ng_terms_of(&design->design.path, &terms) && terms.group == group;
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
    for (unsigned figure = 0; found != 0 && figure < NG_FIGURE_COUNT; figure++) {
        if (!fit_figure(members, found, (ng_figure)figure, fit->group[target][group].of[figure], error)) {
            return false;
        }
    }
    return true;
}

double ng_fit_error(const ng_fit *fit, const ng_priced_design *design, ng_figure figure)
{
    ng_terms terms;
    (void)ng_terms_of(&design->design.path, &terms);
    const ng_estimate estimate = ng_estimate_with(&fit->group[design->design.target->id][terms.group], &terms);
    const double counted = figure_of(design, figure);
    if (counted == 0) {
        return estimate.figure[figure];
    }
    return fabs(estimate.figure[figure] / counted - 1);
}

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const ng_priced_design *designs, size_t count, ng_target_id target, ng_fit *fit)
{
    double errors[NG_DESIGNS_MAX] = {0};
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            if (designs[i].design.held_out && designs[i].design.target->id == target) {
                errors[found++] = ng_fit_error(fit, &designs[i], (ng_figure)figure);
            }
        }
        qsort(errors, found, sizeof *errors, rising);
        fit->error[target].held_out = (unsigned)found;
        fit->error[target].median[figure] = found != 0 ? errors[found / 2] : 0;
        fit->error[target].worst[figure] = found != 0 ? errors[found - 1] : 0;
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
        }
        measure(designs, count, (ng_target_id)target, fit);
    }
    return true;
}
