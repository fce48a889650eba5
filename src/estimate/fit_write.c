#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/base/file.h"
#include "src/estimate/fit.h"

static const char head[] =
    "/* coefficients.def: what the terms of terms.def cost on each target. Written by `make fit` from tests/expected/designs.csv;\n"
    " * not edited by hand.\n"
    " *\n"
    " * ESTIMATE_YOSYS(version of the yosys that synthesised the designs)\n"
    " * COEFFICIENT(target, group, term, LUT cells, honest sites, flip-flops)\n"
    " * ESTIMATE_ERROR(target, designs fitted, held out, median and worst relative error of those held out: of LUT cells, of\n"
    " *                honest sites, of flip-flops)\n"
    " * GROUP_ERROR(target, group, the same of the designs of one group)\n"
    " */\n";

/* "integer mul" -> INTEGER_MUL */
static void write_group(FILE *out, ng_group group)
{
    for (const char *at = ng_group_name(group); *at != 0; at++) {
        (void)fputc(*at == ' ' ? '_' : toupper((unsigned char)*at), out);
    }
}

static void write_error(FILE *out, const ng_estimate_error *error)
{
    (void)fprintf(out, ", %u, %u", error->fitted, error->held_out);
    for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
        (void)fprintf(out, ", %.4f, %.4f", error->median[figure], error->worst[figure]);
    }
    (void)fprintf(out, ")\n");
}

/* Terms that cost their default are left out: no design has them, or they do. */
static void write_coefficients(FILE *out, const ng_fit *fit, const ng_target *target, ng_group group)
{
    for (unsigned term = 0; term < NG_TERM_COUNT; term++) {
        double of[NG_FIGURE_COUNT];
        bool written = false;
        for (unsigned figure = 0; figure < NG_FIGURE_COUNT; figure++) {
            of[figure] = fit->group[target->id][group].of[figure][term];
            written = written || of[figure] != ng_estimate_default((ng_term_id)term, (ng_figure)figure);
        }
        if (written) {
            (void)fprintf(out, "COEFFICIENT(%s, ", target->name);
            write_group(out, group);
            (void)fprintf(out, ", %s, %.5g, %.5g, %.5g)\n", ng_term_name((ng_term_id)term), of[NG_FIGURE_LUT_CELLS],
                          of[NG_FIGURE_HONEST_SITES], of[NG_FIGURE_FF]);
        }
    }
}

static void write_target(FILE *out, const ng_fit *fit, const ng_target *target)
{
    if (fit->error[target->id].held_out == 0) {
        return;
    }
    for (unsigned group = 0; group < NG_GROUP_COUNT; group++) {
        if (fit->fitted[target->id][group]) {
            write_coefficients(out, fit, target, (ng_group)group);
            (void)fprintf(out, "GROUP_ERROR(%s, ", target->name);
            write_group(out, (ng_group)group);
            write_error(out, &fit->group_error[target->id][group]);
        }
    }
    (void)fprintf(out, "ESTIMATE_ERROR(%s", target->name);
    write_error(out, &fit->error[target->id]);
}

/* A version may hold quotes or backslashes only if somebody wrote them there. */
static bool plain(const char *text)
{
    for (; *text != 0; text++) {
        if (*text == '"' || *text == '\\' || (unsigned char)*text < ' ') {
            return false;
        }
    }
    return true;
}

bool ng_fit_write(const ng_fit *fit, const char *yosys, const char *file, ng_error *error)
{
    char *text = NULL;
    size_t size = 0;
    if (!plain(yosys)) {
        return ng_fail(error, NG_EXIT_USAGE, "fit: '%s' is no version of yosys", yosys);
    }
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "fit: out of memory");
    }
    (void)fprintf(out, "%sESTIMATE_YOSYS(\"%s\")\n", head, yosys);
    for (size_t i = 0; ng_target_at(i) != NULL; i++) {
        write_target(out, fit, ng_target_at(i));
    }
    bool fine = fclose(out) == 0 || ng_fail(error, NG_EXIT_MISSING, "fit: out of memory");
    fine = fine && ng_write_file(file, text, size, error);
    free(text);
    return fine;
}
