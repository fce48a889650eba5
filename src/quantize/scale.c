#include "src/quantize/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_ABOVE = NG_SCALE_STEPS, STEPS_BELOW = 6 * NG_SCALE_STEPS, EXPONENT_MOST = 100 };

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

float ng_scale_search(const ng_grid *grid, const float *x, const float *weight, size_t count, float largest)
{
    const int centre = (int)lrint(log2((double)ng_scale_for(grid, largest)) * NG_SCALE_STEPS);
    float best = ng_scale_at(centre);
    double least = INFINITY;
    for (int step = centre + STEPS_ABOVE; step >= centre - STEPS_BELOW; step--) {
        const float scale = ng_scale_at(step);
        const double error = ng_grid_error(grid, ng_grid_factor(grid, scale), x, weight, count);
        if (error < least) {
            least = error;
            best = scale;
        }
    }
    return best;
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
