#include "src/infer/depthwise.h"

#include <stdlib.h>

#include "src/base/vectorise.h"

/* Sixteen channels: one register of AVX-512, or two. Unaligned, and may alias arrays. */
typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef double doubles __attribute__((vector_size(128), aligned(8), may_alias));

#define TILE_NAME row_of_floats
#define TILE_TYPE float
#define TILE_VECTOR floats
#include "src/infer/depthwise_tile.h"

#define TILE_NAME row_of_doubles
#define TILE_TYPE double
#define TILE_VECTOR doubles
#include "src/infer/depthwise_tile.h"

bool ng_depthwise_init(ng_panels *panels, const float *narrow, const double *wide, size_t channels, size_t taps)
{
    const size_t pitch = (channels + NG_DEPTHWISE_LANES - 1) / NG_DEPTHWISE_LANES * NG_DEPTHWISE_LANES;
    *panels = (ng_panels){.wide = wide != NULL, .channels = channels, .pitch = pitch, .depth = taps, .block = taps};
    panels->data = calloc(pitch * taps, panels->wide ? sizeof(double) : sizeof(float));
    if (panels->data == NULL) {
        return false;
    }
    for (size_t i = 0; i < channels * taps; i++) {
        const size_t place = i % taps * pitch + i / taps;
        if (panels->wide) {
            ((double *)panels->data)[place] = wide[i];
        } else {
            ((float *)panels->data)[place] = narrow[i];
        }
    }
    return true;
}

void ng_depthwise(const ng_panels *panels, const ng_rows *rows, size_t count, void *c)
{
    for (size_t row = 0; row < count; row++) {
        if (panels->wide) {
            row_of_doubles((const double *)rows->data + row * rows->step, rows, panels, (double *)c + row * panels->pitch);
        } else {
            row_of_floats((const float *)rows->data + row * rows->step, rows, panels, (float *)c + row * panels->pitch);
        }
    }
}
