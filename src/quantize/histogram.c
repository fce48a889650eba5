#include "src/quantize/histogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIGN_BIN = NG_BINS / 2 };

bool ng_histogram_init(ng_histogram *histogram)
{
    *histogram = (ng_histogram){.count = calloc(NG_BINS, sizeof *histogram->count)};
    return histogram->count != NULL;
}

void ng_histogram_free(ng_histogram *histogram)
{
    free(histogram->count);
    *histogram = (ng_histogram){0};
}

bool ng_histogram_add(ng_histogram *histogram, const float *x, size_t count)
{
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &x[i], sizeof bits);
        histogram->count[bits >> NG_BIN_SHIFT]++;
        const uint32_t magnitude = bits & INT32_MAX;
        largest = magnitude > largest ? magnitude : largest;
    }
    float value;
    memcpy(&value, &largest, sizeof value);
    histogram->total += count;
    histogram->largest = value > histogram->largest ? value : histogram->largest;
    return isfinite(value);
}

/* The number with these leading bits and `rest` below them. */
static float bin_number(size_t bin, uint32_t rest)
{
    const uint32_t bits = (uint32_t)bin << NG_BIN_SHIFT | rest;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

size_t ng_histogram_bins(const ng_histogram *histogram, float *centre, float *weight, size_t room)
{
    size_t used = 0;
    for (size_t bin = 0; bin < NG_BINS; bin++) {
        if (histogram->count[bin] == 0) {
            continue;
        }
        if (used < room) {
            /* Zero is common and has a bin of its own but for the smallest subnormals. */
            const bool zero = (bin & (SIGN_BIN - 1)) == 0;
            centre[used] = zero ? 0 : bin_number(bin, UINT32_C(1) << (NG_BIN_SHIFT - 1));
            weight[used] = (float)histogram->count[bin];
        }
        used++;
    }
    return used;
}

float ng_histogram_quantile(const ng_histogram *histogram, double share)
{
    const double wanted = share * (double)histogram->total;
    uint64_t below = 0;
    for (size_t bin = 0; bin < SIGN_BIN; bin++) {
        below += (uint64_t)histogram->count[bin] + histogram->count[bin + SIGN_BIN];
        if ((double)below >= wanted) {
            const float edge = bin_number(bin, (UINT32_C(1) << NG_BIN_SHIFT) - 1);
            return edge < histogram->largest ? edge : histogram->largest;
        }
    }
    return histogram->largest;
}
