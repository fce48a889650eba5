#include "src/verify/mismatch.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/operand.h"

typedef struct {
    char *text;
    size_t length;
} line;

__attribute__((format(printf, 2, 3))) static void say(line *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int count = vsnprintf(out->text + out->length, NG_MISMATCH_SIZE - out->length, format, arguments);
    va_end(arguments);
    if (count > 0) {
        out->length += (size_t)count;
    }
    if (out->length >= NG_MISMATCH_SIZE) {
        out->length = NG_MISMATCH_SIZE - 1;
    }
}

static void say_hex(line *out, const uint64_t *word, unsigned bits)
{
    say(out, "0x");
    for (unsigned digit = (bits + 3) / 4; digit > 0; digit--) {
        const unsigned at = 4 * (digit - 1);
        say(out, "%x", (unsigned)(word[at / 64] >> (at % 64)) & 15);
    }
}

/* Signed decimal by repeated division by 10^9. */
static void say_decimal(line *out, ng_wide value)
{
    char digits[96];
    size_t at = sizeof digits - 1;
    const bool negative = ng_wide_is_negative(&value);
    if (negative) {
        value = ng_wide_negate(value);
    }
    digits[at] = 0;
    do {
        unsigned remainder = 0;
        for (int i = 2 * NG_WIDE_LIMBS - 1; i >= 0; i--) {
            const uint64_t part = (uint64_t)remainder << 32 | (uint32_t)(value.limb[i / 2] >> (32 * (i % 2)));
            const uint64_t quotient = part / 10;
            remainder = (unsigned)(part % 10);
            value.limb[i / 2] &= i % 2 == 0 ? UINT64_C(0xFFFFFFFF00000000) : UINT64_C(0x00000000FFFFFFFF);
            value.limb[i / 2] |= quotient << (32 * (i % 2));
        }
        digits[--at] = (char)('0' + remainder);
    } while (!ng_wide_is_zero(&value));
    say(out, "%s%s", negative ? "-" : "", digits + at);
}

static void say_operand(line *out, const ng_format *format, unsigned lanes, const uint64_t *word, unsigned bits)
{
    say_hex(out, word, bits);
    for (unsigned lane = 0; lane < lanes; lane++) {
        const uint32_t code = ng_operand_bits(word, lane * format->bits, format->bits);
        say(out, "%s%g", lane == 0 ? " (" : " ", ng_decode_double(format, code));
    }
    if (format->block != 0) {
        say(out, " scale %" PRIu32, ng_operand_bits(word, lanes * format->bits, NG_SCALE_BITS));
    }
    say(out, ")");
}

static void say_result(line *out, const ng_datapath *path, const ng_result *word)
{
    const bool code = path->unit->kind == NG_UNIT_CONVERT;
    const ng_wide result = {{word->limb[0], word->limb[1], word->limb[2], word->limb[3]}};
    say_hex(out, word->limb, path->result_bits);
    if (!ng_unit_kind_at(path->unit->kind)->product) {
        return;
    }
    say(out, " (");
    if (code) {
        say(out, "%g", ng_decode_double(path->output, (uint32_t)result.limb[0]));
    } else {
        say_decimal(out, ng_wide_sign_extend(result, path->sum_bits));
    }
    if (path->scale_bits != 0) {
        say(out, " scale %" PRIu64, ng_wide_bits(&result, path->sum_bits, path->scale_bits));
    }
    if (path->flag_bits != 0) {
        say(out, " flag %" PRIu64, ng_wide_bits(&result, path->sum_bits + path->scale_bits, 1));
    }
    say(out, ")");
}

void ng_mismatch_text(char text[NG_MISMATCH_SIZE], const ng_datapath *path, ng_level level, uint64_t index,
                      const ng_step *step, const ng_result *got, const ng_result *expected)
{
    line out = {text, 0};
    const ng_kind_row *kind = ng_unit_kind_at(path->unit->kind);
    text[0] = 0;
    say(&out, "%s %s x %s (%s) case %" PRIu64 ": ", ng_unit_kind_name(path->unit->kind), path->weight->name,
        path->activation->name, ng_level_name(level), index);
    if (path->unit->kind == NG_UNIT_CONVERT) {
        const ng_wide sum = {{step->operand[0][0], step->operand[0][1], step->operand[0][2], step->operand[0][3]}};
        say(&out, "sum ");
        say_hex(&out, step->operand[0], path->first_bits);
        say(&out, " (");
        say_decimal(&out, ng_wide_sign_extend(sum, path->sum_bits));
        say(&out, ") shift %" PRIu64, step->operand[1][0]);
    } else if (!kind->product) {
        say_hex(&out, step->operand[0], path->first_bits);
        say(&out, " ");
        say_hex(&out, step->operand[1], path->second_bits);
    } else {
        say(&out, "w ");
        say_operand(&out, path->weight, path->lanes, step->operand[0], path->first_bits);
        say(&out, " a ");
        say_operand(&out, path->activation, path->lanes, step->operand[1], path->second_bits);
    }
    say(&out, "%s got ", kind->clocked && step->first ? " first" : "");
    say_result(&out, path, got);
    say(&out, " expected ");
    say_result(&out, path, expected);
}
