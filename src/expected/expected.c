#include "src/expected/expected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/source_hash.h"
#include "src/cost/cost.h"
#include "src/formats/lookup.h"

static const char head[] = "unit,weights,activations,lanes,chain,target,lut_cells,honest_sites,carry,ff,depth";
static const char *const columns[NG_EXPECTED_COUNTS] = {"lut_cells", "honest_sites", "carry", "ff", "depth"};

enum { FIELDS = 6 + NG_EXPECTED_COUNTS };

const char *ng_expected_column(size_t count)
{
    return columns[count];
}

/* ---- reading ---- */

static bool read_name(const char *field, char name[NG_EXPECTED_NAME_SIZE])
{
    const size_t length = strlen(field);
    if (length == 0 || length >= NG_EXPECTED_NAME_SIZE) {
        return false;
    }
    memcpy(name, field, length + 1);
    return true;
}

static bool read_number(const char *field, long *number)
{
    char *end;
    if (strspn(field, "0123456789") != strlen(field) || field[0] == 0 || strlen(field) > 9) {
        return false;
    }
    *number = strtol(field, &end, 10);
    return *end == 0;
}

/* Cuts a line at its commas; returns how many fields it has, FIELDS + 1 for more than there are columns. */
static size_t cut(char *line, char *fields[FIELDS])
{
    size_t count = 0;
    for (char *at = line; at != NULL; count++) {
        char *comma = strchr(at, ',');
        if (count == FIELDS) {
            return FIELDS + 1;
        }
        fields[count] = at;
        if (comma != NULL) {
            *comma = 0;
        }
        at = comma != NULL ? comma + 1 : NULL;
    }
    return count;
}

/* False where the line is none of a design. */
static bool read_row(char *line, ng_expected_row *row)
{
    char *fields[FIELDS];
    long lanes;
    long chain;
    const size_t count = cut(line, fields);
    const bool counted = count == FIELDS;
    if (!counted && !(count == 7 && fields[6][0] == 0)) {
        return false;
    }
    bool fine = read_name(fields[0], row->unit) && read_name(fields[1], row->weights) &&
                read_name(fields[2], row->activations) && read_number(fields[3], &lanes) &&
                read_number(fields[4], &chain) && read_name(fields[5], row->target);
    for (size_t i = 0; fine && i < NG_EXPECTED_COUNTS; i++) {
        row->counts[i] = -1;
        fine = !counted || read_number(fields[6 + i], &row->counts[i]);
    }
    if (fine) {
        row->lanes = (unsigned)lanes;
        row->chain = (unsigned)chain;
    }
    return fine;
}

static bool read_line(const char *path, unsigned number, char *line, ng_expected *expected, ng_error *error)
{
    static const char yosys[] = "# yosys ";
    if (number == 1) {
        return (strncmp(line, yosys, sizeof yosys - 1) == 0 && strlen(line) < sizeof expected->yosys &&
                snprintf(expected->yosys, sizeof expected->yosys, "%s", line + sizeof yosys - 1) > 0) ||
               ng_fail(error, NG_EXIT_USAGE, "%s:1: not '# yosys VERSION'", path);
    }
    if (number == 2) {
        return strcmp(line, head) == 0 || ng_fail(error, NG_EXIT_USAGE, "%s:2: not '%s'", path, head);
    }
    if (expected->count == NG_EXPECTED_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "%s:%u: more than %d designs", path, number, NG_EXPECTED_MAX);
    }
    return read_row(line, &expected->rows[expected->count++]) ||
           ng_fail(error, NG_EXIT_USAGE, "%s:%u: not a design and its counts", path, number);
}

bool ng_expected_read(const char *path, ng_expected *expected, ng_error *error)
{
    ng_buffer text;
    unsigned number = 0;
    bool fine = true;
    *expected = (ng_expected){.count = 0};
    if (!ng_read_file(path, (size_t)1 << 20, &text, error)) {
        return false;
    }
    char *line = (char *)text.data;
    while (fine && *line != 0) {
        char *end = strchr(line, '\n');
        char *next = end != NULL ? end + 1 : line + strlen(line);
        if (end != NULL) {
            *end = 0;
        }
        fine = read_line(path, ++number, line, expected, error);
        line = next;
    }
    ng_buffer_free(&text);
    return fine && (number >= 2 || ng_fail(error, NG_EXIT_USAGE, "%s: no columns", path));
}

/* ---- writing ---- */

static void write_row(FILE *out, const ng_expected_row *row)
{
    (void)fprintf(out, "%s,%s,%s,%u,%u,%s", row->unit, row->weights, row->activations, row->lanes, row->chain, row->target);
    for (size_t i = 0; i < NG_EXPECTED_COUNTS; i++) {
        (void)fprintf(out, ",%ld", row->counts[i]);
    }
    (void)fputc('\n', out);
}

bool ng_expected_write(const char *path, const ng_expected *expected, ng_error *error)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", path);
    }
    (void)fprintf(out, "# yosys %s\n%s\n", expected->yosys, head);
    for (size_t i = 0; i < expected->count; i++) {
        write_row(out, &expected->rows[i]);
    }
    const bool fine = fclose(out) == 0 && ng_write_file(path, text, size, error);
    free(text);
    return fine || ng_fail(error, NG_EXIT_MISSING, "%s: cannot write it", path);
}

/* ---- pricing ---- */

static bool find_kind(const char *name, ng_unit_kind *kind, ng_error *error)
{
    return ng_unit_kind_find(name, kind) || ng_fail(error, NG_EXIT_USAGE, "unknown unit '%s'", name);
}

static bool find_path(const ng_expected_row *row, ng_format formats[2], ng_datapath *path, ng_error *error)
{
    ng_request request = {.lanes = row->lanes, .chain = row->chain, .weight = &formats[0], .activation = &formats[1]};
    if (!find_kind(row->unit, &request.kind, error) ||
        !ng_format_lookup("expected costs", row->weights, NULL, &formats[0], error) ||
        !ng_format_lookup("expected costs", row->activations, NULL, &formats[1], error)) {
        return false;
    }
    return ng_datapath_init(path, &request) == NG_OK ||
           ng_fail(error, NG_EXIT_USAGE, "no %s unit for %s x %s", row->unit, row->weights, row->activations);
}

bool ng_expected_price(const ng_expected_row *row, const char *rtl, long counts[NG_EXPECTED_COUNTS], ng_error *error)
{
    const ng_cost_options counting = {rtl, ng_source_hash(NG_SOURCE_COST)};
    const ng_target *target = ng_target_find(row->target);
    ng_format formats[2];
    ng_datapath path;
    json_t *record = NULL;
    if (target == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "unknown target '%s'", row->target);
    }
    if (!find_path(row, formats, &path, error) || !ng_cost(&path, target, &counting, &record, error)) {
        return false;
    }
    for (size_t i = 0; i < NG_EXPECTED_COUNTS; i++) {
        counts[i] = (long)json_integer_value(json_object_get(record, columns[i]));
    }
    json_decref(record);
    return true;
}
