#include "src/cli/code_line.h"

#include <math.h>
#include <stdio.h>

#include "model/scale.h"
#include "src/cli/number.h"

ng_line_scale ng_scale_line(const ng_format *format, uint32_t code, float tensor)
{
    const ng_number number = ng_scale_decode(format->scale, code);
    const long double own = number.category == NG_CLASS_FINITE ? ldexpl((long double)number.significand, number.exponent) : NAN;
    return (ng_line_scale){true, code, own, own * (long double)tensor};
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
