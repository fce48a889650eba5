/* histogram.h: the distribution of an activation tensor, gathered batch by batch for calibration.
 *
 * A bin holds the numbers that share sign, exponent and the first 9 mantissa bits of fp32, so bins are 0.2 % wide
 * everywhere and nothing has to be known about the range beforehand. A bin's centre stands for its numbers.
 */
#ifndef NG_HISTOGRAM_H
#define NG_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NG_BIN_SHIFT = 14, NG_BINS = 1 << (32 - NG_BIN_SHIFT) };

typedef struct {
    uint32_t *count; /* [NG_BINS], by the leading bits of the number */
    float largest;   /* magnitude */
    uint64_t total;
} ng_histogram;

/* False without memory. Free with ng_histogram_free(). */
bool ng_histogram_init(ng_histogram *histogram);
void ng_histogram_free(ng_histogram *histogram);

/* False, and nothing to rely on, if a number is NaN or infinite. */
bool ng_histogram_add(ng_histogram *histogram, const float *x, size_t count);

/* Writes centre and count of every bin in use to centre[] and weight[], both with room for `room`; returns how many
 * there are, which may be more. */
size_t ng_histogram_bins(const ng_histogram *histogram, float *centre, float *weight, size_t room);

/* The magnitude below which `share` (0..1) of all numbers lie, as a bin's upper edge; at most the largest. */
float ng_histogram_quantile(const ng_histogram *histogram, double share);

#endif
