#include "src/quantize/nupes.h"

#include <math.h>

#include "model/power.h"

enum { CLIPS = 17, CLIPS_PER_OCTAVE = 8, SCALE_BITS = 32 };

/* Codes of one exponent, and what the datapath multiplies for each. */
typedef struct {
    ng_power_table codes;
    double element[NG_POWER_CODES]; /* of the magnitude |q| */
    double largest;
} table;

static bool make_table(const ng_grid *grid, unsigned bits, unsigned numerator, unsigned denominator, table *made)
{
    if (!ng_power_table_make(bits, numerator, denominator, &made->codes)) {
        return false;
    }
    made->largest = grid->largest;
    for (unsigned q = 0; q < 1U << (bits - 1); q++) {
        (void)ng_grid_round(grid, grid->largest, &made->codes.value[q], 1, &made->element[q]);
    }
    return true;
}

/* The element for a weight under the magnitude m, in units of the least significant bit. */
static double element_of(const table *t, float w, float m)
{
    const unsigned bits = t->codes.bits;
    const uint32_t code = ng_power_encode(&t->codes, w / m);
    const bool negative = (code >> (bits - 1) & 1) != 0;
    const uint32_t magnitude = negative ? (UINT32_C(1) << bits) - code : code;
    return negative ? -t->element[magnitude] : t->element[magnitude];
}

static double channel_error(const table *t, const float *w, size_t count, float m)
{
    const double unit = (double)m / t->largest;
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        const double difference = (double)w[k] - unit * element_of(t, w[k], m);
        sum += difference * difference;
    }
    return sum;
}

/* The best magnitude for a channel and its error. */
static double search_channel(const table *t, const float *w, size_t count, float *m)
{
    float largest = 0;
    double least = INFINITY;
    for (size_t k = 0; k < count; k++) {
        largest = fmaxf(largest, fabsf(w[k]));
    }
    *m = largest >= 0x1p-100F ? largest : 1;
    for (int clip = 0; clip < CLIPS; clip++) {
        const float candidate = (float)((double)(largest >= 0x1p-100F ? largest : 1) * exp2((double)-clip / CLIPS_PER_OCTAVE));
        const double error = channel_error(t, w, count, candidate);
        if (error < least) {
            least = error;
            *m = candidate;
        }
    }
    return least;
}

static double layer_error(const table *t, const float *w, size_t channels, size_t reduction)
{
    double sum = 0;
    for (size_t channel = 0; channel < channels; channel++) {
        float m;
        sum += search_channel(t, w + channel * reduction, reduction, &m);
    }
    return sum;
}

/* All exponents of model/power.h, each in lowest terms. */
static void search_exponent(ng_power *power, const ng_grid *element, const float *w, size_t channels, size_t reduction)
{
    static const unsigned char terms[][2] = {{1, 1}, {1, 2}, {2, 3}, {3, 4}, {1, 3}, {1, 4}, {4, 3}, {3, 2}, {2, 1}, {3, 1}, {4, 1}};
    double least = INFINITY;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        table t;
        if (!make_table(element, power->bits, terms[i][0], terms[i][1], &t)) {
            continue;
        }
        const double error = layer_error(&t, w, channels, reduction);
        if (error < least) {
            least = error;
            power->numerator = terms[i][0];
            power->denominator = terms[i][1];
        }
    }
}

bool ng_nupes_fit(ng_power *power, const ng_grid *element, const float *w, size_t channels, size_t reduction, double *values,
                  float *scales)
{
    table t;
    if (power->numerator == 0) {
        search_exponent(power, element, w, channels, reduction);
    }
    if (!make_table(element, power->bits, power->numerator, power->denominator, &t)) {
        return false;
    }
    for (size_t channel = 0; channel < channels; channel++) {
        const float *row = w + channel * reduction;
        float m;
        (void)search_channel(&t, row, reduction, &m);
        scales[channel] = (float)ldexp((double)m / t.largest, -ng_format_lsb(element->format));
        for (size_t k = 0; k < reduction; k++) {
            values[channel * reduction + k] = element_of(&t, row[k], m);
        }
    }
    return true;
}

unsigned long long ng_nupes_bits(const ng_power *power, const ng_format *element, size_t channels, size_t reduction)
{
    return (unsigned long long)channels * (reduction * power->bits + SCALE_BITS) +
           ((unsigned long long)element->bits << power->bits);
}
