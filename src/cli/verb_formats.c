#include "src/cli/cli.h"
#include "src/cli/format_word.h"

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

static const char *sign_name(ng_sign sign)
{
    switch (sign) {
    case NG_SIGN_SIGNED: return "signed";
    case NG_SIGN_UNSIGNED: return "unsigned";
    case NG_SIGN_SYMMETRIC: return "symmetric";
    case NG_SIGN_SIGN_MAGNITUDE: return "sign_magnitude";
    case NG_SIGN_TERNARY: return "ternary";
    }
    return "signed";
}

static json_t *format_record(const ng_format *format)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:b, s:b, s:i, s:i, s:s, s:f, s:f, s:i}", "name", format->name,
                     "kind", ng_kind_name(format->kind), "sign", sign_name(format->sign), "bits", (int)format->bits,
                     "exponent_bits", (int)format->exponent_bits, "mantissa_bits", (int)format->mantissa_bits, "bias",
                     format->bias, "specials", specials_name(format->specials), "has_zero", (int)format->has_zero, "flush",
                     (int)format->flush, "terms", (int)format->terms, "block", (int)format->block, "scale",
                     scale_name(format->scale), "largest", ng_decode_double(format, ng_format_largest(format)), "smallest",
                     ng_decode_double(format, ng_format_smallest(format)), "lsb_exponent", ng_format_lsb(format));
}

static void format_line(const ng_format *format)
{
    (void)printf("%-14s %-11s %4u %5u %-14s %12g %12g 2^%-4d %s\n", format->name, ng_kind_name(format->kind), format->bits,
                 format->block, specials_name(format->specials), ng_decode_double(format, ng_format_smallest(format)),
                 ng_decode_double(format, ng_format_largest(format)), ng_format_lsb(format), scale_name(format->scale));
}

static void show(const ng_options *options, const ng_format *format, json_t *list)
{
    if (options->json) {
        (void)json_array_append_new(list, format_record(format));
    } else {
        format_line(format);
    }
}

/* The named formats, or the catalogue. */
static bool show_all(const ng_options *options, json_t *list, ng_error *error)
{
    for (size_t i = 0; options->word_count == 0 && ng_format_at(i) != NULL; i++) {
        show(options, ng_format_at(i), list);
    }
    for (int i = 0; i < options->word_count; i++) {
        ng_named_format named;
        if (!ng_format_word("formats", options, options->words[i], &named, error)) {
            return false;
        }
        show(options, &named.format, list);
    }
    return true;
}

int ng_verb_formats(const ng_options *options, ng_error *error)
{
    json_t *list = json_array();
    if (!options->json) {
        (void)printf("%-14s %-11s %4s %5s %-14s %12s %12s %6s %s\n", "format", "kind", "bits", "block", "specials", "smallest",
                     "largest", "lsb", "scale");
    }
    const bool fine = show_all(options, list, error);
    if (fine && options->json) {
        ng_print_json(json_pack("{s:O}", "formats", list));
    }
    json_decref(list);
    return fine ? NG_EXIT_OK : ng_verb_failed(error);
}
