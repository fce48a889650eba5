#include "src/quantize/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_BELOW = 6 * NG_SCALE_STEPS, EXPONENT_MOST = 100 };

float ng_scale_at(int step)
{
    return (float)exp2((double)step / NG_SCALE_STEPS);
}

float ng_scale_for(const ng_grid *grid, float largest)
{
    if (!(largest > 0)) {
        return 1;
    }
    const double scale = (double)largest / ldexp(grid->largest, ng_format_lsb(grid->format));
    return (float)fmin(fmax(scale, ldexp(1, -EXPONENT_MOST)), ldexp(1, EXPONENT_MOST));
}

/* How far above the scale of the largest number to search: an octave; formats that taper are densest around 1, and the
 * largest number may be best there. */
static int steps_above(const ng_grid *grid)
{
    const bool tapers = grid->format->kind == NG_KIND_POSIT || grid->format->kind == NG_KIND_HIFLOAT;
    const int top = tapers ? ilogb(grid->largest) + ng_format_lsb(grid->format) : 0;
    return (top > 0 ? top + 1 : 1) * NG_SCALE_STEPS;
}

/* The best of ng_scale_at(step) over the steps from `top` down to `bottom` in strides. */
static float search(const ng_grid *grid, const float *x, const float *weight, size_t count, int top, int bottom, int stride)
{
    float best = ng_scale_at(top);
    double least = INFINITY;
    for (int step = top; step >= bottom; step -= stride) {
        const float scale = ng_scale_at(step);
        const double error = ng_grid_error(grid, ng_grid_factor(grid, scale), x, weight, count);
        if (error < least) {
            least = error;
            best = scale;
        }
    }
    return best;
}

float ng_scale_search(const ng_grid *grid, const float *x, const float *weight, size_t count, float largest)
{
    const int centre = (int)lrint(log2((double)ng_scale_for(grid, largest)) * NG_SCALE_STEPS);
    return search(grid, x, weight, count, centre + steps_above(grid), centre - STEPS_BELOW, 1);
}

float ng_scale_search_powers(const ng_grid *grid, const float *x, const float *weight, size_t count, float largest)
{
    const int centre = (int)ceil(log2((double)ng_scale_for(grid, largest)));
    return search(grid, x, weight, count, centre * NG_SCALE_STEPS + steps_above(grid),
                  centre * NG_SCALE_STEPS - STEPS_BELOW, NG_SCALE_STEPS);
}

static bool choose_max(const ng_grid *grid, const ng_histogram *histogram, double share, float *scale)
{
    (void)share;
    *scale = ng_scale_for(grid, histogram->largest);
    return true;
}

static bool choose_percentile(const ng_grid *grid, const ng_histogram *histogram, double share, float *scale)
{
    *scale = ng_scale_for(grid, ng_histogram_quantile(histogram, share));
    return true;
}

static bool choose_mse(const ng_grid *grid, const ng_histogram *histogram, double share, float *scale)
{
    (void)share;
    const size_t bins = ng_histogram_bins(histogram, NULL, NULL, 0);
    float *centre = malloc(2 * (bins + 1) * sizeof *centre);
    if (centre == NULL) {
        return false;
    }
    (void)ng_histogram_bins(histogram, centre, centre + bins, bins);
    *scale = ng_scale_search(grid, centre, centre + bins, bins, histogram->largest);
    free(centre);
    return true;
}

static const ng_calibration table[] = {
    {"mse", 0, choose_mse},
    {"max", 1, choose_max},
    {"p99.9", 0.999, choose_percentile},
    {"p99.99", 0.9999, choose_percentile},
    {"p99.999", 0.99999, choose_percentile},
};

const ng_calibration *ng_calibration_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

const ng_calibration *ng_calibration_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}
