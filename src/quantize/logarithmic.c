#include "src/quantize/logarithmic.h"

#include <math.h>

enum { CHUNK = 256 };

/* Where the logarithms of two neighbours meet; zero takes the place of the power below the smallest. */
static double limit(double below, double above)
{
    if (below < 0 && above > 0) {
        return 0;
    }
    if (below >= 0) {
        return below > 0 ? sqrt(below * above) : above / sqrt(2);
    }
    /* The mirror image takes the lower value where it meets its limit. */
    return nextafter(above < 0 ? -sqrt(below * above) : below / sqrt(2), INFINITY);
}

void ng_grid_logarithmic(ng_grid *grid)
{
    for (unsigned i = 1; i < grid->levels; i++) {
        grid->takeover[i] = limit(grid->level[i - 1], grid->level[i]);
    }
}

/* The scale of least error for the values at `scale`, or 0 if all are 0. */
static float best_for_values(const ng_grid *grid, const float *x, size_t count, float scale)
{
    double product = 0;
    double square = 0;
    for (size_t at = 0; at < count; at += CHUNK) {
        const size_t size = count - at < CHUNK ? count - at : CHUNK;
        double values[CHUNK];
        (void)ng_grid_round(grid, ng_grid_factor(grid, scale), x + at, size, values);
        for (size_t i = 0; i < size; i++) {
            product += (double)x[at + i] * values[i];
            square += values[i] * values[i];
        }
    }
    return square > 0 ? (float)ldexp(product / square, -ng_format_lsb(grid->format)) : 0;
}

float ng_scale_refit(const ng_grid *grid, const float *x, size_t count, float scale, unsigned rounds)
{
    double least = ng_grid_error(grid, ng_grid_factor(grid, scale), x, NULL, count);
    float best = scale;
    for (unsigned round = 0; round < rounds; round++) {
        const float next = best_for_values(grid, x, count, best);
        const double error = isnormal(next) && next > 0 ? ng_grid_error(grid, ng_grid_factor(grid, next), x, NULL, count)
                                                        : INFINITY;
        if (!(error < least)) {
            break;
        }
        least = error;
        best = next;
    }
    return best;
}
