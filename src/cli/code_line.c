#include "src/cli/code_line.h"

#include <math.h>
#include <stdio.h>

#include "src/cli/number.h"

ng_line_scale ng_scale_line(const ng_format *format, uint32_t code)
{
    /* UE4M3: OCP E4M3 without a sign. */
    static const ng_format ue4m3 = {.kind = NG_KIND_MINIFLOAT, .bits = 7, .exponent_bits = 4, .mantissa_bits = 3, .bias = 7,
                                    .specials = NG_SPECIALS_FN, .has_zero = true, .sign = NG_SIGN_UNSIGNED};
    ng_line_scale scale = {true, code, ldexpl(1, (int)code - NG_SCALE_BIAS)};
    if (format->scale == NG_SCALE_UE4M3) {
        scale.value = ng_code_value(&ue4m3, code);
    } else if (format->scale == NG_SCALE_E8M0 && code == NG_SCALE_NAN) {
        scale.value = NAN;
    }
    return scale;
}

void ng_code_line(const ng_format *format, const char *input, uint32_t code, const ng_line_scale *scale)
{
    char value[NG_EXACT_SIZE];
    ng_code_text(format, code, value);
    (void)printf("%s -> 0x%0*x = %s", input, (int)((format->bits + 3) / 4), (unsigned)code, value);
    if (scale->given) {
        char factor[NG_EXACT_SIZE];
        char scaled[NG_EXACT_SIZE];
        ng_exact_text(scale->value, factor);
        ng_exact_text(ng_code_value(format, code) * scale->value, scaled);
        (void)printf(" * %s = %s", factor, scaled);
    }
    (void)putchar('\n');
}

json_t *ng_code_record(const ng_format *format, const char *input, uint32_t code, const ng_line_scale *scale)
{
    char value[NG_EXACT_SIZE];
    const ng_number number = ng_decode(format, code);
    ng_code_text(format, code, value);
    json_t *record = json_pack("{s:s, s:I, s:s}", "input", input, "code", (json_int_t)code, "value", value);
    if (number.category == NG_CLASS_FINITE) {
        (void)json_object_set_new(record, "significand", json_integer((json_int_t)number.significand));
        (void)json_object_set_new(record, "exponent", json_integer(number.exponent));
    }
    if (scale->given) {
        ng_exact_text(ng_code_value(format, code) * scale->value, value);
        (void)json_object_set_new(record, "scaled", json_string(value));
    }
    return record;
}
