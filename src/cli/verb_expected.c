#include <stdlib.h>
#include <string.h>

#include "src/cli/cli.h"
#include "src/expected/expected.h"
#include "src/synth/synth.h"

static void print_design(const ng_expected_row *row)
{
    (void)printf("%s %s x %s", row->unit, row->weights, row->activations);
    if (row->lanes != 0) {
        (void)printf(", %u lanes", row->lanes);
    }
    if (row->chain != 0) {
        (void)printf(", chains of %u", row->chain);
    }
    (void)printf(" on %s:", row->target);
}

/* One line a design that differs: "mac int8 x int8 on xc7: lut_cells 68 -> 66, depth 7 -> 6". True if none does. */
static bool compare(const ng_expected_row *row, const long counts[NG_EXPECTED_COUNTS])
{
    bool same = true;
    for (size_t i = 0; i < NG_EXPECTED_COUNTS; i++) {
        if (counts[i] == row->counts[i]) {
            continue;
        }
        if (same) {
            print_design(row);
        }
        (void)printf("%s %s ", same ? "" : ",", ng_expected_column(i));
        if (row->counts[i] >= 0) {
            (void)printf("%ld -> ", row->counts[i]);
        }
        (void)printf("%ld", counts[i]);
        same = false;
    }
    if (!same) {
        (void)printf("\n");
        (void)fflush(stdout);
    }
    return same;
}

static bool price_all(const ng_options *options, ng_expected *expected, size_t *changed, ng_error *error)
{
    for (size_t i = 0; i < expected->count; i++) {
        ng_expected_row *row = &expected->rows[i];
        long counts[NG_EXPECTED_COUNTS];
        if (!ng_expected_price(row, options->rtl, counts, error)) {
            return false;
        }
        *changed += !compare(row, counts);
        memcpy(row->counts, counts, sizeof counts);
    }
    return true;
}

/* Counts depend on the yosys that made them: those of another version say nothing about this code. */
static bool run(const ng_options *options, const char *file, ng_expected *expected, size_t *changed, ng_error *error)
{
    char yosys[128];
    if (!ng_expected_read(file, expected, error) || !ng_yosys_version(yosys, error)) {
        return false;
    }
    if (!options->write && strcmp(yosys, expected->yosys) != 0) {
        (void)fprintf(stderr, "%s: made with %s, here is %s: not compared\n", file, expected->yosys, yosys);
        return true;
    }
    if (!price_all(options, expected, changed, error)) {
        return false;
    }
    (void)fprintf(stderr, "%zu designs, %zu changed\n", expected->count, *changed);
    (void)snprintf(expected->yosys, sizeof expected->yosys, "%s", yosys);
    return !options->write || ng_expected_write(file, expected, error);
}

int ng_verb_expected(const ng_options *options, ng_error *error)
{
    const char *file = options->word_count > 0 ? options->words[0] : "tests/expected/cost.csv";
    ng_expected *expected = malloc(sizeof *expected);
    size_t changed = 0;
    const bool fine = expected != NULL ? run(options, file, expected, &changed, error)
                                       : ng_fail(error, NG_EXIT_MISSING, "expected: out of memory");
    free(expected);
    return !fine ? ng_verb_failed(error) : changed != 0 && !options->write ? NG_EXIT_CHECK : NG_EXIT_OK;
}
