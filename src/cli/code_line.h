/* code_line.h: how `encode` and `decode` show a code and its value. */
#ifndef NG_CODE_LINE_H
#define NG_CODE_LINE_H

#include <jansson.h>

#include "model/format.h"

/* The scale of a block's element. */
typedef struct {
    bool given;
    uint32_t code;
    long double own;   /* the value of the code; NaN poisons the block */
    long double value; /* that times the scale of the tensor: what elements are multiplied by */
} ng_line_scale;

/* "INPUT -> 0x4 = 2", with a scale "INPUT -> 0x4 = 2 * 0.25 = 0.5". */
void ng_code_line(const ng_format *format, const char *input, uint32_t code, const ng_line_scale *scale);

/* {"input", "code", "value"}, for finite values "significand" and "exponent", with a scale "scaled": the value times the scale.
 * Values are text, because JSON has neither NaN nor infinities. */
json_t *ng_code_record(const ng_format *format, const char *input, uint32_t code, const ng_line_scale *scale);

/* A scale code under a scale of the tensor. */
ng_line_scale ng_scale_line(const ng_format *format, uint32_t code, float tensor);

#endif
