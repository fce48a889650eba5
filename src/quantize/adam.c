#include "src/quantize/adam.h"

#include <math.h>
#include <stdlib.h>

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

void ng_adam_step(ng_adam *adam, double rate, const double *gradient, double *parameters)
{
    adam->step++;
    const double mean_share = 1 - pow(KEEP_MEAN, adam->step);
    const double square_share = 1 - pow(KEEP_SQUARE, adam->step);
    for (size_t i = 0; i < adam->count; i++) {
        const double g = gradient[i];
        adam->mean[i] = KEEP_MEAN * adam->mean[i] + (1 - KEEP_MEAN) * g;
        adam->square[i] = KEEP_SQUARE * adam->square[i] + (1 - KEEP_SQUARE) * (g * g);
        parameters[i] -= rate * (adam->mean[i] / mean_share) / (sqrt(adam->square[i] / square_share) + FLOOR);
    }
}
