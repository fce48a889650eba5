#include "src/quantize/adam.h"

#include <math.h>
#include <stdlib.h>

#include "src/base/vectorise.h"

#define KEEP_MEAN 0.9
#define KEEP_SQUARE 0.999
#define FLOOR 1e-8

bool ng_adam_init(ng_adam *adam, size_t count)
{
    *adam = (ng_adam){.count = count, .mean = calloc(count, sizeof(double)), .square = calloc(count, sizeof(double))};
    if (adam->mean == NULL || adam->square == NULL) {
        ng_adam_free(adam);
        return false;
    }
    return true;
}

void ng_adam_free(ng_adam *adam)
{
    free(adam->mean);
    free(adam->square);
    *adam = (ng_adam){.count = 0};
}

/* In vectors of any width the same bits: every operation is rounded by itself. */
NG_VECTORISED static void move(double *restrict mean, double *restrict square, const double *restrict gradient, size_t count,
                               double rate, double mean_share, double square_share, double *restrict parameters)
{
    for (size_t i = 0; i < count; i++) {
        const double g = gradient[i];
        mean[i] = KEEP_MEAN * mean[i] + (1 - KEEP_MEAN) * g;
        square[i] = KEEP_SQUARE * square[i] + (1 - KEEP_SQUARE) * (g * g);
        parameters[i] -= rate * (mean[i] / mean_share) / (sqrt(square[i] / square_share) + FLOOR);
    }
}

void ng_adam_step(ng_adam *adam, double rate, const double *gradient, double *parameters)
{
    adam->step++;
    move(adam->mean, adam->square, gradient, adam->count, rate, 1 - pow(KEEP_MEAN, adam->step), 1 - pow(KEEP_SQUARE, adam->step),
         parameters);
}
