/* power: thresholds and values of a = p / q by bisection over fp32 numbers, compared as integers. */
#include "model/power.h"

#include <math.h>
#include <string.h>

#include "model/dyadic.h"

/* a = p / q on L steps. */
typedef struct {
    unsigned p;
    unsigned q;
    unsigned steps;
} grid;

static const uint32_t infinity = UINT32_C(0xFF) << 23;

static float from_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static ng_dyadic power(ng_dyadic base, unsigned exponent)
{
    ng_dyadic result = ng_dyadic_make(1, 0);
    for (unsigned i = 0; i < exponent; i++) {
        result = ng_dyadic_multiply(result, base);
    }
    return result;
}

/* -1, 0 or 1 as x^p <, = or > (n / d)^q. Range: p, q <= 4, n and d of 9 bits: 136 bits at most. */
static int compare_power(const grid *g, double x, unsigned n, unsigned d)
{
    const ng_dyadic left = ng_dyadic_multiply(power(ng_dyadic_from_double(x), g->p), power(ng_dyadic_make(d, 0), g->q));
    const ng_dyadic right = power(ng_dyadic_make(n, 0), g->q);
    return ng_dyadic_compare(&left, &right);
}

/* L x^a > k - 1/2; a tie belongs to the even one of k - 1 and k. */
static bool reaches(const grid *g, float x, unsigned k)
{
    const int side = compare_power(g, (double)x, 2 * k - 1, 2 * g->steps);
    return side > 0 || (side == 0 && k % 2 == 0);
}

/* Positive fp32 numbers order as their bits do. */
static float threshold_of(const grid *g, unsigned k)
{
    uint32_t low = 1;
    uint32_t high = infinity - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (reaches(g, from_bits(middle), k)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return from_bits(low);
}

/* (k / L)^(q/p) to nearest fp32: the last number not above it, or the next. A midpoint has 25 bits, a tie goes to the
 * even number. */
static float value_of(const grid *g, unsigned k)
{
    uint32_t low = 0;
    uint32_t high = infinity - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low + 1) / 2;
        if (compare_power(g, (double)from_bits(middle), k, g->steps) <= 0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    const double midpoint = ((double)from_bits(low) + (double)from_bits(low + 1)) / 2;
    const int side = compare_power(g, midpoint, k, g->steps);
    return from_bits(side < 0 || (side == 0 && low % 2 != 0) ? low + 1 : low);
}

static unsigned steps_of(unsigned bits)
{
    return (1U << (bits - 1)) - 1;
}

static bool is_width(unsigned bits)
{
    return bits >= NG_POWER_BITS_LEAST && bits <= NG_POWER_BITS_MOST;
}

static bool is_term(unsigned term)
{
    return term >= 1 && term <= NG_POWER_TERM_MOST;
}

bool ng_power_table_make(unsigned bits, unsigned numerator, unsigned denominator, ng_power_table *table)
{
    if (!is_width(bits) || !is_term(numerator) || !is_term(denominator)) {
        return false;
    }
    const grid g = {numerator, denominator, steps_of(bits)};
    *table = (ng_power_table){.bits = bits};
    for (unsigned k = 1; k <= g.steps + 1; k++) {
        table->value[k] = value_of(&g, k);
        if (k <= g.steps) {
            table->threshold[k - 1] = threshold_of(&g, k);
        }
    }
    return true;
}

bool ng_power_table_valid(const ng_power_table *table)
{
    if (!is_width(table->bits) || table->value[0] < 0 || table->value[0] > 0) {
        return false;
    }
    float last = 0;
    for (unsigned k = 1; k <= steps_of(table->bits) + 1; k++) {
        if (!isfinite(table->value[k]) || !(table->value[k] >= table->value[k - 1])) {
            return false;
        }
        if (k > steps_of(table->bits)) {
            continue;
        }
        if (!(table->threshold[k - 1] > 0) || !(table->threshold[k - 1] >= last)) {
            return false;
        }
        last = table->threshold[k - 1];
    }
    return true;
}

/* Widths outside 2..8 are read as the nearer end, so that every table is one. */
static unsigned width_of(const ng_power_table *table)
{
    const unsigned bits = table->bits;
    return bits < NG_POWER_BITS_LEAST ? NG_POWER_BITS_LEAST : bits > NG_POWER_BITS_MOST ? NG_POWER_BITS_MOST : bits;
}

uint32_t ng_power_encode(const ng_power_table *table, float x)
{
    const unsigned bits = width_of(table);
    uint32_t k = 0;
    for (unsigned i = 0; i < steps_of(bits); i++) {
        k += fabsf(x) >= table->threshold[i];
    }
    return (x < 0 ? 0 - k : k) & ((UINT32_C(1) << bits) - 1);
}

float ng_power_decode(const ng_power_table *table, uint32_t code)
{
    const unsigned bits = width_of(table);
    const uint32_t codes = UINT32_C(1) << bits;
    const uint32_t used = code & (codes - 1);
    return used >= codes / 2 ? -table->value[codes - used] : table->value[used];
}

void ng_power_codebook(const ng_power_table *table, const char *name, ng_codebook *codebook)
{
    *codebook = (ng_codebook){.bits = width_of(table)};
    for (size_t i = 0; i + 1 < sizeof codebook->name && name[i] != '\0'; i++) {
        codebook->name[i] = name[i];
    }
    for (uint32_t code = 0; code < UINT32_C(1) << codebook->bits; code++) {
        codebook->value[code] = ng_power_decode(table, code);
    }
}
