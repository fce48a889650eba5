#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "src/cli/cli.h"

static const char *scale_name(ng_scale scale)
{
    switch (scale) {
    case NG_SCALE_NONE: return "none";
    case NG_SCALE_E8M0: return "e8m0";
    case NG_SCALE_BIASED8: return "biased8";
    case NG_SCALE_UE4M3: return "ue4m3";
    }
    return "none";
}

static const char *specials_name(ng_specials specials)
{
    switch (specials) {
    case NG_SPECIALS_NONE: return "none";
    case NG_SPECIALS_FN: return "fn";
    case NG_SPECIALS_IEEE: return "ieee";
    case NG_SPECIALS_FNUZ: return "fnuz";
    case NG_SPECIALS_P3109_EXTENDED: return "p3109_extended";
    case NG_SPECIALS_P3109_FINITE: return "p3109_finite";
    }
    return "none";
}

static json_t *format_record(const ng_format *format)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:b, s:i, s:s, s:f, s:f, s:i}", "name", format->name, "kind",
                     ng_kind_name(format->kind), "bits", (int)format->bits, "exponent_bits",
                     (int)format->exponent_bits, "mantissa_bits", (int)format->mantissa_bits, "bias", format->bias,
                     "specials", specials_name(format->specials), "has_zero", (int)format->has_zero, "block",
                     (int)format->block, "scale", scale_name(format->scale), "largest",
                     ng_decode_double(format, ng_format_largest(format)), "smallest",
                     ng_decode_double(format, ng_format_smallest(format)), "lsb_exponent", ng_format_lsb(format));
}

int ng_verb_formats(const ng_options *options, ng_error *error)
{
    (void)error;
    json_t *list = json_array();
    if (!options->json) {
        (void)printf("%-11s %-9s %4s %5s %9s %12s %12s %6s %s\n", "format", "kind", "bits", "block", "specials", "smallest",
                     "largest", "lsb", "scale");
    }
    for (size_t i = 0; ng_format_at(i) != NULL; i++) {
        const ng_format *format = ng_format_at(i);
        if (options->json) {
            (void)json_array_append_new(list, format_record(format));
        } else {
            (void)printf("%-11s %-9s %4u %5u %9s %12g %12g 2^%-4d %s\n", format->name, ng_kind_name(format->kind),
                         format->bits, format->block, specials_name(format->specials),
                         ng_decode_double(format, ng_format_smallest(format)),
                         ng_decode_double(format, ng_format_largest(format)), ng_format_lsb(format),
                         scale_name(format->scale));
        }
    }
    if (options->json) {
        ng_print_json(json_pack("{s:o}", "formats", list));
    } else {
        json_decref(list);
    }
    return NG_EXIT_OK;
}

static bool first_word_format(const char *verb, const ng_options *options, const ng_format **format, ng_error *error)
{
    if (options->word_count < 2) {
        return ng_fail(error, NG_EXIT_USAGE, "%s needs a FORMAT and at least one number", verb);
    }
    return ng_format_option(verb, options->words[0], format, error);
}

static void print_pair(const ng_options *options, const ng_format *format, uint32_t code, const char *input,
                       json_t *list)
{
    const double value = ng_decode_double(format, code);
    char shown[40];
    (void)snprintf(shown, sizeof shown, "%.17g", value);
    if (options->json) {
        /* JSON has no NaN and no infinity: the value is text. */
        (void)json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "input", input, "code", (json_int_t)code, "value", shown));
    } else {
        (void)printf("%s -> 0x%0*x = %s\n", input, (int)((format->bits + 3) / 4), code, shown);
    }
}

int ng_verb_encode(const ng_options *options, ng_error *error)
{
    const ng_format *format;
    if (!first_word_format("encode", options, &format, error)) {
        return ng_verb_failed(error);
    }
    json_t *list = json_array();
    for (int i = 1; i < options->word_count; i++) {
        char *end;
        const double value = strtod(options->words[i], &end);
        if (end == options->words[i] || *end != 0) {
            json_decref(list);
            (void)ng_fail(error, NG_EXIT_USAGE, "encode: '%s' is not a number", options->words[i]);
            return NG_EXIT_USAGE;
        }
        print_pair(options, format, ng_encode_double(format, value), options->words[i], list);
    }
    if (options->json) {
        ng_print_json(json_pack("{s:s, s:O}", "format", format->name, "codes", list));
    }
    json_decref(list);
    return NG_EXIT_OK;
}

int ng_verb_decode(const ng_options *options, ng_error *error)
{
    const ng_format *format;
    if (!first_word_format("decode", options, &format, error)) {
        return ng_verb_failed(error);
    }
    json_t *list = json_array();
    for (int i = 1; i < options->word_count; i++) {
        char *end;
        errno = 0;
        const unsigned long code = strtoul(options->words[i], &end, 0);
        if (errno != 0 || end == options->words[i] || *end != 0 || options->words[i][0] == '-' ||
            code >= ng_format_codes(format)) {
            json_decref(list);
            (void)ng_fail(error, NG_EXIT_USAGE, "decode: '%s' is not a code of %s (0..0x%x)", options->words[i],
                          format->name, ng_format_codes(format) - 1);
            return NG_EXIT_USAGE;
        }
        print_pair(options, format, (uint32_t)code, options->words[i], list);
    }
    if (options->json) {
        ng_print_json(json_pack("{s:s, s:O}", "format", format->name, "codes", list));
    }
    json_decref(list);
    return NG_EXIT_OK;
}
