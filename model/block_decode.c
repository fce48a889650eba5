#include "model/block_decode.h"

#include <math.h>

#include "model/dyadic.h"
#include "model/scale.h"

ng_number ng_block_decode(const ng_format *format, uint32_t scale, uint32_t code)
{
    const ng_number factor = ng_scale_decode(format->scale, scale);
    ng_number number = ng_decode(format, code);
    if (ng_scale_is_nan(format->scale, scale)) {
        return factor;
    }
    if (!ng_code_is_special(format, code)) {
        number.significand *= factor.significand;
        number.exponent += factor.exponent;
    }
    return number;
}

static double value_of(const ng_format *format, float tensor, uint32_t scale, uint32_t code)
{
    const double element = ng_decode_double(format, code);
    if (ng_scale_is_nan(format->scale, scale)) {
        return NAN;
    }
    if (!isfinite(element)) {
        return element * (double)tensor;
    }
    const ng_number number = ng_block_decode(format, scale, code);
    if (number.significand == 0 || tensor == 0) {
        return copysign(0, element) * (double)tensor;
    }
    if (!isfinite(tensor)) {
        return element * (double)tensor;
    }
    const ng_dyadic product = ng_dyadic_multiply(ng_dyadic_from_double((double)tensor),
                                                 ng_dyadic_make(number.significand, number.exponent));
    return ng_wide_to_double(&product.significand, product.exponent);
}

void ng_block_decode_double(const ng_format *format, float tensor, uint32_t scale, const uint16_t *codes,
                            double *values)
{
    for (unsigned i = 0; i < format->block; i++) {
        values[i] = value_of(format, tensor, scale, codes[i]);
    }
}
