#include <stdlib.h>

#include "src/cli/cli.h"
#include "src/estimate/fit.h"

static void print_error(const char *target, const char *group, const ng_estimate_error *error)
{
    if (error->held_out == 0) {
        return;
    }
    (void)printf("%-9s %-18s %6u %8u ", target, group, error->fitted, error->held_out);
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        (void)printf("    %6.1f %% %6.1f %% ", 100 * error->median[figure], 100 * error->worst[figure]);
    }
    (void)printf("\n");
}

static void print_errors(const ng_fit *fit)
{
    (void)printf("%-9s %-18s %6s %8s %23s %23s %23s\n", "target", "group", "fitted", "held out", "LUT cells: median worst",
                 "sites: median worst", "FF: median worst");
    for (size_t i = 0; ng_target_at(i) != NULL; i++) {
        const ng_target *target = ng_target_at(i);
        for (unsigned group = 0; group < NG_GROUP_COUNT; group++) {
            print_error(target->name, ng_group_name((ng_group)group), &fit->group_error[target->id][group]);
        }
        print_error(target->name, "all", &fit->error[target->id]);
    }
}

/* The designs whose estimate is off by more than --worst percent. */
static void print_outliers(const ng_fit *fit, const ng_priced_design *designs, size_t count, long percent)
{
    for (size_t i = 0; i < count; i++) {
        const ng_datapath *path = &designs[i].design.path;
        const double cells = ng_fit_error(fit, &designs[i], NG_FIGURE_LUT_CELLS);
        const double sites = ng_fit_error(fit, &designs[i], NG_FIGURE_HONEST_SITES);
        if (100 * (cells > sites ? cells : sites) > (double)percent) {
            (void)printf("%s %s x %s, %u lanes, %u terms, chain %u, %s%s%s: %.0f LUT cells, off %.1f %%; %.0f sites, off %.1f %%%s\n",
                         path->unit->name, path->weight->name, path->activation->name, path->lanes, path->terms, path->chain,
                         designs[i].design.target->name, path->output != NULL ? ", to " : "",
                         path->output != NULL ? path->output->name : "", designs[i].lut_cells, 100 * cells,
                         designs[i].honest_sites, 100 * sites, designs[i].design.held_out ? " (held out)" : "");
        }
    }
}

int ng_verb_fit(const ng_options *options, ng_error *error)
{
    ng_priced_design *designs = NULL;
    size_t count = 0;
    ng_fit fit;
    if (options->word_count < 1 || options->word_count > 2) {
        (void)ng_fail(error, NG_EXIT_USAGE, "fit: a table of designs, and a file to write the coefficients to");
        return ng_verb_failed(error);
    }
    bool fine = ng_designs_read(options->words[0], &designs, &count, error) &&
                (count != 0 || ng_fail(error, NG_EXIT_USAGE, "%s: no designs", options->words[0])) &&
                ng_fit_make(designs, count, &fit, error) &&
                (options->word_count == 1 || ng_fit_write(&fit, designs[0].yosys, options->words[1], error));
    if (fine) {
        print_errors(&fit);
        print_outliers(&fit, designs, count, options->worst);
    }
    free(designs);
    return fine ? NG_EXIT_OK : ng_verb_failed(error);
}
