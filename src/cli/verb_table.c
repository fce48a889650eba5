#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/cli/cli.h"
#include "src/cli/fields.h"
#include "src/cli/format_word.h"
#include "src/cli/json_list.h"
#include "src/cli/number.h"

/* The finite values of a format in ascending order, each once. */
typedef struct {
    long double *value;
    size_t count;
} ladder;

static int ascending(const void *a, const void *b)
{
    const long double left = *(const long double *)a;
    const long double right = *(const long double *)b;
    return (left > right) - (left < right);
}

static bool ladder_make(const ng_format *format, ladder *made, ng_error *error)
{
    made->count = 0;
    made->value = malloc(ng_format_codes(format) * sizeof *made->value);
    if (made->value == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "out of memory for the table of %s", format->name);
    }
    for (uint32_t code = 0; code < ng_format_codes(format); code++) {
        if (!ng_code_is_special(format, code)) {
            made->value[made->count++] = ng_code_value(format, code);
        }
    }
    qsort(made->value, made->count, sizeof *made->value, ascending);
    size_t kept = 0;
    for (size_t i = 0; i < made->count; i++) {
        if (i == 0 || made->value[i] != made->value[kept - 1]) {
            made->value[kept++] = made->value[i];
        }
    }
    made->count = kept;
    return true;
}

/* What stands beside a code; texts are empty where there is nothing. */
typedef struct {
    char fields[NG_FIELDS_SIZE];
    const char *class;
    ng_number number;
    char value[NG_EXACT_SIZE];
    char lower[NG_EXACT_SIZE];
    char upper[NG_EXACT_SIZE];
    char spacing[NG_EXACT_SIZE]; /* to the next larger value; "~" before it if a long double does not hold it exactly */
} row;

static const char *class_of(const ng_format *format, uint32_t code, const ng_number *number)
{
    if (number->category != NG_CLASS_FINITE) {
        return number->category == NG_CLASS_NAN ? "nan" : "infinite";
    }
    if (number->significand == 0) {
        return "zero";
    }
    const uint32_t exponent = (code >> format->mantissa_bits) & ((UINT32_C(1) << format->exponent_bits) - 1);
    return format->kind == NG_KIND_MINIFLOAT && format->has_zero && exponent == 0 ? "subnormal" : "finite";
}

static void spacing_text(long double lower, long double upper, char text[NG_EXACT_SIZE])
{
    const volatile long double difference = upper - lower;
    const bool exact = lower + difference == upper && upper - difference == lower;
    text[0] = '~';
    if (exact) {
        ng_exact_text(difference, text);
    } else {
        (void)snprintf(text + 1, NG_EXACT_SIZE - 1, "%.17Lg", difference);
    }
}

static void row_make(const ng_format *format, uint32_t code, const ladder *values, row *made)
{
    const long double value = ng_code_value(format, code);
    made->number = ng_decode(format, code);
    made->class = class_of(format, code, &made->number);
    ng_fields_text(format, code, made->fields);
    ng_exact_text(value, made->value);
    made->lower[0] = made->upper[0] = made->spacing[0] = 0;
    const long double *at = made->number.category != NG_CLASS_FINITE
                                ? NULL
                                : bsearch(&value, values->value, values->count, sizeof value, ascending);
    if (at != NULL && at > values->value) {
        ng_exact_text(at[-1], made->lower);
    }
    if (at != NULL && at + 1 < values->value + values->count) {
        ng_exact_text(at[1], made->upper);
        spacing_text(at[0], at[1], made->spacing);
    }
}

static json_t *text_or_null(const char *text)
{
    return text[0] != 0 ? json_string(text) : json_null();
}

static json_t *row_record(const row *made, uint32_t code)
{
    json_t *record = json_pack("{s:I, s:s, s:s, s:s}", "code", (json_int_t)code, "fields", made->fields, "class", made->class,
                               "value", made->value);
    if (made->number.category == NG_CLASS_FINITE) {
        (void)json_object_set_new(record, "significand", json_integer((json_int_t)made->number.significand));
        (void)json_object_set_new(record, "exponent", json_integer(made->number.exponent));
    }
    (void)json_object_set_new(record, "lower", text_or_null(made->lower));
    (void)json_object_set_new(record, "upper", text_or_null(made->upper));
    (void)json_object_set_new(record, "spacing", text_or_null(made->spacing));
    return record;
}

static const char *or_dash(const char *text)
{
    return text[0] != 0 ? text : "-";
}

static void row_line(const ng_format *format, const row *made, uint32_t code)
{
    char power[48] = "-";
    if (made->number.category == NG_CLASS_FINITE) {
        (void)snprintf(power, sizeof power, "%lld * 2^%d", (long long)made->number.significand, made->number.exponent);
    }
    (void)printf("%6u 0x%0*x %-*s %-9s %-16s %-14s %-14s %-14s %s\n", (unsigned)code, (int)((format->bits + 3) / 4),
                 (unsigned)code, (int)format->bits + 6, made->fields, made->class, power, or_dash(made->lower),
                 or_dash(made->upper), or_dash(made->spacing), made->value);
}

/* The scale of a block's elements in words. */
static const char *scale_text(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_NONE: return "none";
    case NG_SCALE_E8M0: return "2^(code - 127), 0xff is NaN and makes every element NaN";
    case NG_SCALE_BIASED8: return "2^(code - 127)";
    case NG_SCALE_UE4M3: return "the value of the code in unsigned e4m3 (0x7f is NaN), under one fp32 scale of the tensor";
    }
    return "none";
}

static void print_head(const ng_options *options, const ng_format *format)
{
    const char *scale = scale_text(format->scale);
    if (options->json) {
        ng_json_list_open(json_pack("{s:s, s:s, s:i, s:i, s:s}", "format", format->name, "kind", ng_kind_name(format->kind),
                                    "bits", (int)format->bits, "block", (int)format->block, "scale", scale),
                          "codes");
        return;
    }
    (void)printf("%s: %s, %u bits", format->name, ng_kind_name(format->kind), format->bits);
    if (format->block != 0) {
        (void)printf("; %u elements share an 8-bit scale: %s. The values below are those of the elements", format->block, scale);
    }
    (void)printf("\n%6s %-*s %-*s %-9s %-16s %-14s %-14s %-14s %s\n", "code", (int)((format->bits + 3) / 4) + 2, "hex",
                 (int)format->bits + 6, "fields", "class", "exactly", "next lower", "next upper", "spacing", "value");
}

int ng_verb_table(const ng_options *options, ng_error *error)
{
    ng_named_format named;
    ladder values;
    row made;
    if (options->word_count != 1) {
        (void)ng_fail(error, NG_EXIT_USAGE, "table needs one FORMAT (narrowgauge formats lists them)");
        return NG_EXIT_USAGE;
    }
    if (!ng_format_word("table", options, options->words[0], &named, error) ||
        !ladder_make(&named.format, &values, error)) {
        return ng_verb_failed(error);
    }
    print_head(options, &named.format);
    for (uint32_t code = 0; code < ng_format_codes(&named.format); code++) {
        row_make(&named.format, code, &values, &made);
        if (options->json) {
            ng_json_list_item(row_record(&made, code), code == 0);
        } else {
            row_line(&named.format, &made, code);
        }
    }
    if (options->json) {
        ng_json_list_close();
    }
    free(values.value);
    return NG_EXIT_OK;
}
