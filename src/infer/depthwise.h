/* depthwise.h: convolutions in which every channel sees itself alone.
 *
 *   c[row][channel] = sum_tap a[row][tap][channel] * weights[channel][tap], added up in the order of the taps
 *
 * A row holds whole pixels, as in gemm.h, so channels are the lanes of vectors.
 */
#ifndef NG_DEPTHWISE_H
#define NG_DEPTHWISE_H

#include "src/infer/gemm.h"

enum { NG_DEPTHWISE_LANES = 16 };

/* Packs weights[channels][taps] as [tap][pitch], pitch a multiple of NG_DEPTHWISE_LANES, zeros behind the last channel; depth
 * and block of the panels are the taps. Exactly one pointer is not NULL. False without memory. Free with
 * ng_panels_free(). */
bool ng_depthwise_init(ng_panels *panels, const float *narrow, const double *wide, size_t channels, size_t taps);

/* The first `count` rows, in the type of the panels; rows->run is a whole number of pixels. Rows must be readable for
 * NG_DEPTHWISE_LANES numbers behind their last; c is [count][pitch]. */
void ng_depthwise(const ng_panels *panels, const ng_rows *rows, size_t count, void *c);

#endif
