/* mx_dot: every product times both scales, straight into the long sum. */
#include "model/mx_dot.h"

#include <math.h>

#include "model/scale.h"

/* A term with an element that is no finite number: only the class and sign of the product count. */
static void add_special(double x, double y, ng_mx_sum *sum)
{
    const double product = x * y;
    sum->nan = sum->nan || isnan(product);
    sum->positive = sum->positive || (isinf(product) && product > 0);
    sum->negative = sum->negative || (isinf(product) && product < 0);
}

/* sum += scale * x * y. */
static void add_product(ng_number x, ng_number y, const ng_dyadic *scale, ng_mx_sum *sum)
{
    const ng_dyadic element = ng_dyadic_multiply(ng_dyadic_make(x.significand, x.exponent),
                                                 ng_dyadic_make(y.significand, y.exponent));
    const ng_dyadic term = ng_dyadic_multiply(element, *scale);
    ng_long_sum_add(&sum->finite, &term);
}

void ng_mx_dot(const ng_mx_vector *x, const ng_mx_vector *y, size_t block, ng_mx_sum *sum)
{
    const size_t length = x->format->block;
    const uint16_t *first = x->codes + block * length;
    const uint16_t *second = y->codes + block * length;
    if (ng_scale_is_nan(x->format->scale, x->scales[block]) || ng_scale_is_nan(y->format->scale, y->scales[block])) {
        sum->nan = true;
        return;
    }
    const ng_number a = ng_scale_decode(x->format->scale, x->scales[block]);
    const ng_number b = ng_scale_decode(y->format->scale, y->scales[block]);
    const ng_dyadic scale = ng_dyadic_make(a.significand * b.significand, a.exponent + b.exponent);
    for (size_t i = 0; i < length; i++) {
        if (ng_code_is_special(x->format, first[i]) || ng_code_is_special(y->format, second[i])) {
            add_special(ng_decode_double(x->format, first[i]), ng_decode_double(y->format, second[i]), sum);
        } else {
            add_product(ng_decode_finite(x->format, first[i]), ng_decode_finite(y->format, second[i]), &scale, sum);
        }
    }
}

ng_mx_sum ng_mx_dot_general(const ng_mx_vector *x, const ng_mx_vector *y, size_t blocks)
{
    ng_mx_sum sum = {0};
    for (size_t block = 0; block < blocks; block++) {
        ng_mx_dot(x, y, block, &sum);
    }
    return sum;
}

ng_class ng_mx_sum_class(const ng_mx_sum *sum)
{
    if (sum->nan || (sum->positive && sum->negative)) {
        return NG_CLASS_NAN;
    }
    return sum->positive || sum->negative ? NG_CLASS_INFINITE : NG_CLASS_FINITE;
}

/* The value of a sum that is not finite. */
static double special(const ng_mx_sum *sum)
{
    return ng_mx_sum_class(sum) == NG_CLASS_NAN ? NAN : sum->positive ? INFINITY : -INFINITY;
}

double ng_mx_sum_to_double(const ng_mx_sum *sum)
{
    return ng_mx_sum_class(sum) == NG_CLASS_FINITE ? ng_long_sum_to_double(&sum->finite) : special(sum);
}

float ng_mx_sum_to_float(const ng_mx_sum *sum)
{
    return ng_mx_sum_class(sum) == NG_CLASS_FINITE ? ng_long_sum_to_float(&sum->finite) : (float)special(sum);
}
