#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"
#include "src/estimate/designs.h"
#include "src/formats/lookup.h"

static const char header[] = "unit,weights,activations,output,lanes,terms,chain,width,rule,rounding,target,yosys,"
                             "lut_cells,honest_sites,ff,multiply_lut_cells,align_lut_cells,accumulate_lut_cells,held_out";

enum { COLUMNS = 19, SHAPES = 6, LINE_SIZE = 512, TABLE_LIMIT = 1 << 22 };

static size_t sample_size(void)
{
    ng_design design;
    size_t count = 0;
    while (count < NG_DESIGNS_MAX && ng_design_at(count, &design)) {
        count++;
    }
    return count;
}

static bool is_asked(const ng_design *design, const ng_target *target)
{
    return target == NULL || design->target == target;
}

bool ng_designs_price(const ng_target *target, size_t first, size_t step, const ng_cost_options *options,
                      ng_designs_progress *progress, void *context, ng_error *error)
{
    const size_t total = sample_size();
    for (size_t i = first; i < total; i += step) {
        ng_design design;
        json_t *record = NULL;
        if (!ng_design_at(i, &design) ||
            (is_asked(&design, target) && !ng_cost(&design.path, design.target, options, &record, error))) {
            return false;
        }
        json_decref(record);
        progress(context, i + 1, total);
    }
    return true;
}

static double number(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(record, name));
}

/* As a request has it: 0 is the kind's default. */
static unsigned rounding_of(const ng_datapath *path)
{
    const ng_rounding usual = path->unit->kind == NG_UNIT_WINDOW ? NG_ROUND_TOWARD_ZERO : NG_ROUND_NEAREST_EVEN;
    return path->rounding == usual ? 0 : 1 + (unsigned)path->rounding;
}

static void write_line(FILE *out, const ng_design *design, const json_t *record)
{
    static const char *const parts[] = {"multiply", "align", "accumulate"};
    const ng_datapath *path = &design->path;
    (void)fprintf(out, "%s,%s,%s,%s,%u,%u,%u,%u,%u,%u,%s,%s,%.0f,%.0f,%.0f", ng_unit_kind_name(path->unit->kind),
                  path->weight->name, path->activation->name, design->output.bits != 0 ? design->output.name : "", path->lanes,
                  path->terms, path->chain, path->width, (unsigned)path->rule, rounding_of(path), design->target->name,
                  json_string_value(json_object_get(record, "yosys")), number(record, "lut_cells"), number(record, "honest_sites"),
                  number(record, "ff"));
    for (size_t i = 0; i < 3; i++) {
        if (path->output != NULL) {
            (void)fputc(',', out);
        } else {
            (void)fprintf(out, ",%.0f", number(json_object_get(json_object_get(record, "split"), parts[i]), "lut_cells"));
        }
    }
    (void)fprintf(out, ",%d\n", design->held_out ? 1 : 0);
}

bool ng_designs_write(const char *file, const ng_target *target, const ng_cost_options *options, ng_error *error)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ng_design design;
    bool fine = out != NULL || ng_fail(error, NG_EXIT_MISSING, "table of designs: out of memory");
    if (fine) {
        (void)fprintf(out, "%s\n", header);
    }
    for (size_t i = 0; fine && ng_design_at(i, &design); i++) {
        json_t *record = NULL;
        if (!is_asked(&design, target)) {
            continue;
        }
        fine = ng_cost(&design.path, design.target, options, &record, error);
        if (fine) {
            write_line(out, &design, record);
        }
        json_decref(record);
    }
    if (out != NULL && fclose(out) != 0 && fine) {
        fine = ng_fail(error, NG_EXIT_MISSING, "table of designs: out of memory");
    }
    fine = fine && ng_write_file(file, text, size, error);
    free(text);
    return fine;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

typedef struct {
    char text[LINE_SIZE];
    const char *field[COLUMNS];
} table_line;

static bool cut(const char *from, size_t length, table_line *line)
{
    if (length >= LINE_SIZE) {
        return false;
    }
    memcpy(line->text, from, length);
    line->text[length] = 0;
    char *at = line->text;
    for (unsigned i = 0; i < COLUMNS; i++) {
        line->field[i] = at;
        char *comma = strchr(at, ',');
        if ((comma == NULL) != (i == COLUMNS - 1)) {
            return false;
        }
        if (comma != NULL) {
            *comma = 0;
            at = comma + 1;
        }
    }
    return true;
}

static bool read_number(const char *text, double most, double *value)
{
    char *end;
    errno = 0;
    *value = strtod(text, &end);
    return errno == 0 && end != text && *end == 0 && *value >= 0 && *value <= most;
}

static bool read_formats(const table_line *line, ng_design *design)
{
    return ng_format_lookup("", line->field[1], NULL, &design->weight, NULL) &&
           ng_format_lookup("", line->field[2], NULL, &design->activation, NULL) &&
           (line->field[3][0] == 0 || ng_format_lookup("", line->field[3], NULL, &design->output, NULL));
}

static bool takes_lanes(ng_unit_kind kind)
{
    return kind != NG_UNIT_MUL && kind != NG_UNIT_MAC && kind != NG_UNIT_CONVERT;
}

static bool read_design(const table_line *line, ng_design *design)
{
    static const double most[SHAPES] = {NG_TERMS_MAX, NG_TERMS_MAX, NG_TERMS_MAX, NG_TERMS_MAX, NG_RULE_MSE, 1 + NG_ROUND_STOCHASTIC};
    double shape[SHAPES];
    ng_request request = {.weight = &design->weight,
                          .activation = &design->activation,
                          .output = line->field[3][0] != 0 ? &design->output : NULL};
    if (!ng_unit_kind_find(line->field[0], &request.kind) || !read_formats(line, design)) {
        return false;
    }
    for (unsigned i = 0; i < SHAPES; i++) {
        if (!read_number(line->field[4 + i], most[i], &shape[i])) {
            return false;
        }
    }
    request.lanes = takes_lanes(request.kind) ? (unsigned)shape[0] : 0;
    request.terms = (unsigned)shape[1];
    request.chain = (unsigned)shape[2];
    request.width = (unsigned)shape[3];
    request.rule = (ng_scale_rule)shape[4];
    request.rounding = (unsigned)shape[5];
    design->target = ng_target_find(line->field[10]);
    return design->target != NULL && ng_datapath_init(&design->path, &request) == NG_OK;
}

static bool read_line(const table_line *line, ng_priced_design *priced)
{
    double *const figures[] = {&priced->lut_cells, &priced->honest_sites, &priced->ff};
    const size_t name = strlen(line->field[11]);
    if (name >= sizeof priced->yosys || !read_design(line, &priced->design)) {
        return false;
    }
    double held_out;
    memcpy(priced->yosys, line->field[11], name + 1);
    if (!read_number(line->field[18], 1, &held_out)) {
        return false;
    }
    priced->design.held_out = held_out != 0;
    for (unsigned i = 0; i < 3; i++) {
        const bool absent = priced->design.path.output != NULL && line->field[15 + i][0] == 0;
        if (!read_number(line->field[12 + i], 1e6, figures[i]) ||
            (!absent && !read_number(line->field[15 + i], 1e6, &priced->split[i]))) {
            return false;
        }
    }
    return true;
}

static bool bad_line(const char *file, size_t number_of_line, ng_error *error)
{
    return ng_fail(error, NG_EXIT_USAGE, "%s:%zu: not a line of the table of designs", file, number_of_line);
}

static bool read_lines(const char *file, const ng_buffer *text, ng_priced_design *designs, size_t *count, ng_error *error)
{
    const char *at = (const char *)text->data;
    for (size_t number_of_line = 1; *at != 0; number_of_line++) {
        const size_t length = strcspn(at, "\n");
        table_line line;
        if (number_of_line == 1) {
            if (length != sizeof header - 1 || memcmp(at, header, length) != 0) {
                return bad_line(file, number_of_line, error);
            }
        } else if (*count >= NG_DESIGNS_MAX || !cut(at, length, &line) || !read_line(&line, &designs[*count])) {
            return bad_line(file, number_of_line, error);
        } else {
            (*count)++;
        }
        at += length + (at[length] == '\n' ? 1 : 0);
    }
    return true;
}

bool ng_designs_read(const char *file, ng_priced_design **designs, size_t *count, ng_error *error)
{
    ng_buffer text;
    *count = 0;
    if (!ng_read_file(file, TABLE_LIMIT, &text, error)) {
        return false;
    }
    *designs = calloc(NG_DESIGNS_MAX, sizeof **designs);
    bool fine = *designs != NULL || ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", file);
    fine = fine && read_lines(file, &text, *designs, count, error);
    ng_buffer_free(&text);
    if (!fine) {
        free(*designs);
        *designs = NULL;
    }
    return fine;
}
