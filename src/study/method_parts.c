#include "src/study/method_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/format_name.h"
#include "model/unit.h"
#include "src/base/file.h"

unsigned ng_rotation_points(const ng_method_choice *choice)
{
    const double size = ng_choice_value(choice, "size");
    unsigned points = 1;
    while (2 * points <= NG_ROTATION_POINTS_MOST && 2 * points <= size) {
        points *= 2;
    }
    return size <= NG_ROTATION_POINTS_MOST && points > 1 ? points : 0;
}

unsigned ng_table_bits(const ng_method_choice *choice)
{
    const double bits = ng_choice_value(choice, "bits");
    const bool wired = bits <= NG_TABLE_BITS_MOST && ng_choice_value(choice, "channel") < 0.5;
    return wired ? (unsigned)bits : 0;
}

typedef unsigned figure_of(const ng_method_choice *choice);

static unsigned of_recipe(const char *recipe, const char *method, figure_of *figure)
{
    ng_methods methods;
    if (!ng_methods_read(recipe, &methods, NULL)) {
        return 0;
    }
    for (size_t i = 0; i < methods.count; i++) {
        if (strcmp(methods.items[i].method->name, method) == 0) {
            return figure(&methods.items[i]);
        }
    }
    return 0;
}

unsigned ng_recipe_rotation_points(const char *recipe)
{
    return of_recipe(recipe, "hadamard", ng_rotation_points);
}

unsigned ng_recipe_table_bits(const char *recipe)
{
    return of_recipe(recipe, "codebook", ng_table_bits);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static int compare_floats(const void *a, const void *b)
{
    const float left = *(const float *)a;
    const float right = *(const float *)b;
    return (left > right) - (left < right);
}

/* The finite values of a format of at most 8 bits, each once, rising; their number. */
static size_t values_of(const ng_format *format, float values[1 << NG_CODEBOOK_BITS_MAX])
{
    size_t all = 0;
    size_t count = 0;
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        if (!ng_code_is_special(format, code)) {
            values[all++] = (float)ng_decode_double(format, code) + 0.0F; /* -0 is 0 */
        }
    }
    qsort(values, all, sizeof *values, compare_floats);
    for (size_t i = 0; i < all; i++) {
        if (count == 0 || values[i] > values[count - 1]) {
            values[count++] = values[i];
        }
    }
    return count;
}

static bool fill_table(const ng_format *weight, unsigned bits, ng_codebook *table)
{
    enum { NAME_MOST = sizeof table->name - 4 }; /* behind "t", the bits and "_" */
    float values[1 << NG_CODEBOOK_BITS_MAX];
    const size_t entries = (size_t)1 << bits;
    const size_t count = values_of(weight, values);
    if (strlen(weight->name) > NAME_MOST || count < entries) {
        return false;
    }
    (void)snprintf(table->name, sizeof table->name, "t%u_%.12s", bits % 10, weight->name);
    table->bits = bits;
    for (size_t i = 0; i < entries; i++) {
        table->value[i] = values[(i * (count - 1) + (entries - 1) / 2) / (entries - 1)];
    }
    return true;
}

bool ng_table_make(const char *weights, const char *activations, unsigned bits, ng_codebook *table, ng_format *format)
{
    ng_format weight;
    ng_format activation;
    ng_family family;
    *table = (ng_codebook){.bits = 0};
    return ng_format_parse(weights, NULL, 0, &weight, NULL) == NG_PARSE_OK &&
           ng_format_parse(activations, NULL, 0, &activation, NULL) == NG_PARSE_OK && weight.block == 0 &&
           weight.bits <= NG_CODEBOOK_BITS_MAX && (weight.kind == NG_KIND_INTEGER || weight.kind == NG_KIND_MINIFLOAT) &&
           fill_table(&weight, bits, table) && ng_format_parse(table->name, table, 1, format, NULL) == NG_PARSE_OK &&
           ng_pair_family(format, &activation, &family) == NG_OK;
}

bool ng_table_write(const ng_codebook *table, const char *folder, ng_error *error)
{
    enum { ROOM = 24 };
    char text[ROOM << NG_CODEBOOK_BITS_MAX];
    char path[NG_PATH_SIZE];
    size_t length = 0;
    for (size_t i = 0; i < (size_t)1 << table->bits; i++) {
        const int printed = snprintf(text + length, ROOM, "%.9g\n", (double)table->value[i]);
        length += printed > 0 && printed < ROOM ? (size_t)printed : 0;
    }
    return ng_path(path, error, "%s/%s.txt", folder, table->name) && ng_write_file(path, text, length, error);
}
