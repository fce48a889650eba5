#include "src/infer/depthwise.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { TAPS_MOST = 64 };

/* Some of the taps, and where their numbers stand from the start of a row on. */
typedef struct {
    size_t from;
    size_t count;
    size_t offset[TAPS_MOST];
} some_taps;

#define TILE_NAME row_of_floats
#define TILE_TYPE float
#define TILE_VECTOR floats
#define TILE_ADD add_floats
#include "src/infer/depthwise_tile.h"

#define TILE_NAME row_of_doubles
#define TILE_TYPE double
#define TILE_VECTOR doubles
#define TILE_ADD add_doubles
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

static void find_taps(const ng_panels *panels, const ng_rows *rows, size_t from, some_taps *t)
{
    const size_t run = rows->run / panels->channels;
    t->from = from;
    t->count = panels->depth - from < TAPS_MOST ? panels->depth - from : TAPS_MOST;
    for (size_t i = 0; i < t->count; i++) {
        t->offset[i] = (from + i) / run * rows->run_step + (from + i) % run * panels->channels;
    }
}

void ng_depthwise(const ng_panels *panels, const ng_rows *rows, size_t count, void *c)
{
    some_taps t;
    for (size_t from = 0; from < panels->depth; from += TAPS_MOST) {
        find_taps(panels, rows, from, &t);
        for (size_t row = 0; row < count; row++) {
            if (panels->wide) {
                row_of_doubles((const double *)rows->data + row * rows->step, &t, panels, (double *)c + row * panels->pitch);
            } else {
                row_of_floats((const float *)rows->data + row * rows->step, &t, panels, (float *)c + row * panels->pitch);
            }
        }
    }
}
