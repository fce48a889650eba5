#include "src/quantize/nested_weights.h"

#include <math.h>

#include "src/quantize/scale.h"

enum { STORED_MOST = 127, STORED_LEAST = -128, STEPS_ABOVE = NG_SCALE_STEPS, STEPS_BELOW = 3 * NG_SCALE_STEPS };

uint32_t ng_nested_store(float w, float scale)
{
    const double q = rint((double)w * (double)(1.0F / scale));
    return (uint32_t)(int32_t)fmin(fmax(q, STORED_LEAST), STORED_MOST) & 0xFF;
}

static double number_of(ng_number number)
{
    return ldexp((double)number.significand, number.exponent);
}

/* What every stored code is served as. */
static void fill_served(unsigned bits, ng_nested_rule rule, double served[1 << NG_NESTED_BITS])
{
    for (uint32_t code = 0; code < 1U << NG_NESTED_BITS; code++) {
        served[code] = number_of(ng_nested_decode(ng_nested_slice(code, bits, rule), bits, rule));
    }
}

static double error_at(const double *served, const float *x, size_t count, float scale)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const double difference = (double)x[i] - served[ng_nested_store(x[i], scale)] * (double)scale;
        sum += difference * difference;
    }
    return sum;
}

float ng_nested_scale(const float *x, size_t count, unsigned tuned, ng_nested_rule rule)
{
    double served[1 << NG_NESTED_BITS];
    float largest = 0;
    float best = 1;
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        largest = fmaxf(largest, fabsf(x[i]));
    }
    if (!(largest >= 0x1p-100F)) {
        return 1;
    }
    fill_served(tuned, rule, served);
    const int centre = (int)lrint(log2((double)largest / STORED_MOST) * NG_SCALE_STEPS);
    for (int step = centre + STEPS_ABOVE; step >= centre - STEPS_BELOW; step--) {
        const double error = error_at(served, x, count, ng_scale_at(step));
        if (error < least) {
            least = error;
            best = ng_scale_at(step);
        }
    }
    return best;
}
