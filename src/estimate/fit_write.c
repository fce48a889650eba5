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
    " */\n";

/* "integer mul" -> INTEGER_MUL */
static void write_group(FILE *out, ng_group group)
{
    for (const char *at = ng_group_name(group); *at != 0; at++) {
        (void)fputc(*at == ' ' ? '_' : toupper((unsigned char)*at), out);
    }
}

static void write_target(FILE *out, const ng_fit *fit, const ng_target *target)
{
    const ng_estimate_error *error = &fit->error[target->id];
    for (unsigned group = 0; group < NG_GROUP_COUNT; group++) {
        const ng_coefficients *c = &fit->group[target->id][group];
        for (unsigned term = 0; fit->fitted[target->id][group] && term < NG_TERM_COUNT; term++) {
            const double *cells = c->of[NG_FIGURE_LUT_CELLS];
            const double *sites = c->of[NG_FIGURE_HONEST_SITES];
            const double *ff = c->of[NG_FIGURE_FF];
            if (cells[term] != 0 || sites[term] != 0 || ff[term] != 0) {
                (void)fprintf(out, "COEFFICIENT(%s, ", target->name);
                write_group(out, (ng_group)group);
                (void)fprintf(out, ", %s, %.5g, %.5g, %.5g)\n", ng_term_name((ng_term_id)term), cells[term], sites[term],
                              ff[term]);
            }
        }
    }
    if (error->held_out != 0) {
        (void)fprintf(out, "ESTIMATE_ERROR(%s, %u, %u, %.4f, %.4f, %.4f, %.4f, %.4f, %.4f)\n", target->name, error->fitted,
                      error->held_out, error->median[NG_FIGURE_LUT_CELLS], error->worst[NG_FIGURE_LUT_CELLS],
                      error->median[NG_FIGURE_HONEST_SITES], error->worst[NG_FIGURE_HONEST_SITES],
                      error->median[NG_FIGURE_FF], error->worst[NG_FIGURE_FF]);
    }
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
