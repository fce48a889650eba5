#include <math.h>
#include <stdlib.h>

#include "src/cli/cli.h"
#include "src/cli/code_line.h"
#include "src/cli/format_word.h"
#include "src/cli/json_list.h"
#include "src/cli/modes.h"
#include "src/cli/number.h"
#include "src/cli/tokens.h"

typedef struct {
    const ng_format *format;
    ng_tokens tokens;
    ng_modes modes;
    bool json;
    ng_error *error;
} encoder;

/* The next value; false at the end and after an error. */
static bool next_value(encoder *encode, double *value)
{
    if (!ng_tokens_next(&encode->tokens, encode->error)) {
        return false;
    }
    return ng_read_number(encode->tokens.text, value) ||
           ng_fail(encode->error, NG_EXIT_USAGE, "encode: %s'%.64s' is not a number", encode->tokens.place,
                   encode->tokens.text);
}

static void encode_scalars(encoder *encode)
{
    const ng_line_scale none = {0};
    double value;
    for (bool first = true; next_value(encode, &value); first = false) {
        const uint32_t code = ng_encode_double_with(encode->format, value, ng_modes_next(&encode->modes));
        if (encode->json) {
            ng_json_list_item(ng_code_record(encode->format, encode->tokens.text, code, &none), first);
        } else {
            ng_code_line(encode->format, encode->tokens.text, code, &none);
        }
    }
}

/* One block as it is read: `block` values. */
typedef struct {
    float *values;
    double *exact;
    uint16_t *codes;
} block;

/* Reads a whole block. False at the end of the input and after an error; part of a block is one. */
static bool read_block(encoder *encode, block *read)
{
    unsigned count = 0;
    while (count < encode->format->block && next_value(encode, &read->exact[count])) {
        read->values[count] = (float)read->exact[count];
        count++;
    }
    if (count == encode->format->block || encode->error->exit_code != 0) {
        return encode->error->exit_code == 0;
    }
    return count != 0 && ng_fail(encode->error, NG_EXIT_USAGE, "encode: %sthe last block of %s has %u of its %u values",
                                 encode->tokens.place, encode->format->name, count, encode->format->block);
}

/* The code of an element: the golden block encoder's, or rounded as the options say. */
static uint32_t element_code(encoder *encode, const block *read, unsigned at, const ng_line_scale *scale)
{
    const double value = read->exact[at];
    const ng_encode_options *options = ng_modes_next(&encode->modes);
    if (options->rounding == NG_ROUND_NEAREST_EVEN && options->overflow == NG_OVERFLOW_SATURATE) {
        return read->codes[at];
    }
    const bool divided = isfinite(value) && isfinite(scale->value) && scale->value != 0;
    return ng_encode_double_with(encode->format, divided ? ng_quotient_odd(value, (double)scale->value) : value, options);
}

static void print_block(encoder *encode, const block *read, const ng_line_scale *scale, bool first)
{
    json_t *codes = json_array();
    char text[NG_EXACT_SIZE];
    ng_exact_text(scale->own, text);
    if (!encode->json) {
        (void)printf("scale 0x%02x = %s\n", (unsigned)scale->code, text);
    }
    for (unsigned i = 0; i < encode->format->block; i++) {
        char input[NG_EXACT_SIZE];
        const uint32_t code = element_code(encode, read, i, scale);
        ng_exact_text((long double)read->values[i], input);
        if (encode->json) {
            (void)json_array_append_new(codes, ng_code_record(encode->format, input, code, scale));
        } else {
            ng_code_line(encode->format, input, code, scale);
        }
    }
    if (encode->json) {
        ng_json_list_item(json_pack("{s:i, s:s, s:O}", "scale_code", (int)scale->code, "scale", text, "codes", codes), first);
    }
    json_decref(codes);
}

static void encode_blocks(encoder *encode)
{
    const unsigned count = encode->format->block;
    block read = {malloc(count * sizeof(float)), malloc(count * sizeof(double)),
                  malloc(count * sizeof(uint16_t))};
    if (read.values == NULL || read.exact == NULL || read.codes == NULL) {
        (void)ng_fail(encode->error, NG_EXIT_MISSING, "out of memory for a block");
    } else {
        for (bool first = true; read_block(encode, &read); first = false) {
            const uint32_t code = ng_block_encode_under(encode->format, encode->modes.tensor, read.values, encode->modes.rule,
                                                        read.codes);
            const ng_line_scale scale = ng_scale_line(encode->format, code, encode->modes.tensor);
            print_block(encode, &read, &scale, first);
        }
    }
    free(read.values);
    free(read.exact);
    free(read.codes);
}

int ng_verb_encode(const ng_options *options, ng_error *error)
{
    ng_named_format named;
    encoder encode = {.format = &named.format, .json = options->json, .error = error};
    if (options->word_count == 0) {
        (void)ng_fail(error, NG_EXIT_USAGE, "encode needs a FORMAT (narrowgauge formats lists them)");
        return NG_EXIT_USAGE;
    }
    if (!ng_modes_read(options, &encode.modes, error) ||
        !ng_format_word("encode", options, options->words[0], &named, error)) {
        return ng_verb_failed(error);
    }
    ng_tokens_start(&encode.tokens, options, 1);
    if (options->json) {
        ng_json_list_open(json_pack("{s:s}", "format", named.format.name), named.format.block != 0 ? "blocks" : "codes");
    }
    if (named.format.block != 0) {
        encode_blocks(&encode);
    } else {
        encode_scalars(&encode);
    }
    if (error->exit_code == 0 && options->json) {
        ng_json_list_close();
    }
    return error->exit_code;
}
