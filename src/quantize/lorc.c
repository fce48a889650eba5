#include "src/quantize/lorc.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>

#include "src/base/blas.h"

enum { FP32_BITS = 32 };

/* Rounds x[0], x[step], .. to integers under a scale. */
static void shorten(float *x, size_t count, size_t step, unsigned bits)
{
    const double top = ldexp(1, (int)bits - 1) - 1;
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)x[i * step]));
    }
    const float scale = (float)(largest / top);
    for (size_t i = 0; i < count && scale > 0; i++) {
        const double value = fmax(fmin(rint((double)x[i * step] / (double)scale), top), -top);
        x[i * step] = (float)value * scale;
    }
}

bool ng_lorc(double *error, size_t channels, size_t reduction, size_t rank, unsigned bits, float *left, float *right)
{
    const size_t most = channels < reduction ? channels : reduction;
    double *values = malloc((most + most * (channels + reduction)) * sizeof *values);
    if (values == NULL) {
        return false;
    }
    /* Row-major E is E^T in LAPACK's order, whose left vectors are the rows of V and whose right ones the columns of U. */
    double *rows = values + most;             /* [most][reduction] */
    double *columns = rows + most * reduction; /* [channels][most] */
    ng_blas_single();
    const bool fine = LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'S', (int)reduction, (int)channels, error, (int)reduction, values, rows,
                                     (int)reduction, columns, (int)most) == 0;
    for (size_t r = 0; fine && r < rank; r++) {
        const double root = sqrt(values[r]);
        for (size_t k = 0; k < reduction; k++) {
            right[r * reduction + k] = (float)(root * rows[r * reduction + k]);
        }
        for (size_t channel = 0; channel < channels; channel++) {
            left[channel * rank + r] = (float)(root * columns[channel * most + r]);
        }
        if (bits != 0) {
            shorten(right + r * reduction, reduction, 1, bits);
            shorten(left + r, channels, rank, bits);
        }
    }
    free(values);
    return fine;
}

unsigned long long ng_lorc_bits(size_t channels, size_t reduction, size_t rank, unsigned bits)
{
    const unsigned long long numbers = (unsigned long long)rank * (channels + reduction);
    return bits == 0 ? numbers * FP32_BITS : numbers * bits + 2ULL * rank * FP32_BITS;
}
