#include "src/cli/cli.h"
#include "src/cli/code_line.h"
#include "src/cli/format_word.h"
#include "src/cli/json_list.h"
#include "src/cli/modes.h"
#include "src/cli/number.h"
#include "src/cli/tokens.h"

/* --scale CODE of a block format, and --tensor-scale. */
static bool read_scale(const ng_options *options, const ng_format *format, ng_line_scale *scale, ng_error *error)
{
    uint32_t code;
    float tensor;
    *scale = (ng_line_scale){0};
    if (!ng_tensor_option(options, &tensor, error)) {
        return false;
    }
    if (options->scale[0] == 0) {
        return true;
    }
    if (format->block == 0) {
        return ng_fail(error, NG_EXIT_USAGE, "--scale: %s has no scale", format->name);
    }
    if (!ng_read_code(options->scale, UINT64_C(1) << NG_SCALE_BITS, &code)) {
        return ng_fail(error, NG_EXIT_USAGE, "--scale: '%s' is not a code (0..0xff)", options->scale);
    }
    *scale = ng_scale_line(format, code, tensor);
    return true;
}

static bool decode_codes(const ng_options *options, const ng_format *format, const ng_line_scale *scale, ng_error *error)
{
    ng_tokens tokens;
    ng_tokens_start(&tokens, options, 1);
    for (bool first = true; ng_tokens_next(&tokens, error); first = false) {
        uint32_t code;
        if (!ng_read_code(tokens.text, ng_format_codes(format), &code)) {
            return ng_fail(error, NG_EXIT_USAGE, "decode: %s'%.64s' is not a code of %s (0..0x%x)", tokens.place, tokens.text,
                           format->name, (unsigned)ng_format_codes(format) - 1);
        }
        if (options->json) {
            ng_json_list_item(ng_code_record(format, tokens.text, code, scale), first);
        } else {
            ng_code_line(format, tokens.text, code, scale);
        }
    }
    return error->exit_code == 0;
}

int ng_verb_decode(const ng_options *options, ng_error *error)
{
    ng_named_format named;
    ng_line_scale scale;
    if (options->word_count == 0) {
        (void)ng_fail(error, NG_EXIT_USAGE, "decode needs a FORMAT (narrowgauge formats lists them)");
        return NG_EXIT_USAGE;
    }
    if (!ng_format_word("decode", options, options->words[0], &named, error) ||
        !read_scale(options, &named.format, &scale, error)) {
        return ng_verb_failed(error);
    }
    if (options->json) {
        ng_json_list_open(json_pack("{s:s}", "format", named.format.name), "codes");
    }
    if (!decode_codes(options, &named.format, &scale, error)) {
        return error->exit_code;
    }
    if (options->json) {
        ng_json_list_close();
    }
    return NG_EXIT_OK;
}
