#include "src/quantize/keep_best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool ng_best_init(ng_best *best, const ng_gramian *gram, const float *w, ng_lattice *lattice)
{
    const size_t count = lattice->channels * lattice->reduction;
    *best = (ng_best){.gram = gram, .w = w, .lattice = lattice};
    best->errors = malloc(2 * lattice->channels * sizeof *best->errors);
    best->values = malloc(2 * count * sizeof *best->values);
    best->scales = malloc(lattice->channels * lattice->groups * sizeof *best->scales);
    if (best->errors == NULL || best->values == NULL || best->scales == NULL) {
        free(best->values);
        best->values = NULL;
        return false;
    }
    best->offered = best->errors + lattice->channels;
    best->numbers = best->values + count;
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        best->errors[channel] = INFINITY;
    }
    memcpy(best->values, lattice->values, count * sizeof *best->values);
    memcpy(best->scales, lattice->scales, lattice->channels * lattice->groups * sizeof *best->scales);
    return ng_best_offer(best);
}

bool ng_best_offer(ng_best *best)
{
    const ng_lattice *lattice = best->lattice;
    const size_t n = lattice->reduction;
    for (size_t i = 0; i < lattice->channels * n; i++) {
        best->numbers[i] = lattice->values[i] * ng_lattice_step(lattice, i / n, i % n);
    }
    if (!ng_gramian_errors(best->gram, best->numbers, best->w, lattice->channels, best->offered)) {
        return false;
    }
    ng_best_take(best, best->offered);
    return true;
}

void ng_best_take(ng_best *best, const double *errors)
{
    const ng_lattice *lattice = best->lattice;
    const size_t n = lattice->reduction;
    for (size_t channel = 0; channel < lattice->channels; channel++) {
        if (errors[channel] < best->errors[channel]) {
            best->errors[channel] = errors[channel];
            memcpy(best->values + channel * n, lattice->values + channel * n, n * sizeof *best->values);
            memcpy(best->scales + channel * lattice->groups, lattice->scales + channel * lattice->groups,
                   lattice->groups * sizeof *best->scales);
        }
    }
}

void ng_best_end(ng_best *best)
{
    ng_lattice *lattice = best->lattice;
    if (best->values != NULL) {
        memcpy(lattice->values, best->values, lattice->channels * lattice->reduction * sizeof *best->values);
        memcpy(lattice->scales, best->scales, lattice->channels * lattice->groups * sizeof *best->scales);
    }
    free(best->errors);
    free(best->values);
    free(best->scales);
    *best = (ng_best){.gram = NULL};
}
