#include "src/infer/gemm.h"

#include <stdlib.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"

/* Registers of AVX-512 and of AVX2. Unaligned, and may alias arrays. gcc keeps vectors that are wider than the machine's in memory: each
 * machine has tiles of its own. */
typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef double doubles __attribute__((vector_size(64), aligned(8), may_alias));
typedef float narrow_floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef double narrow_doubles __attribute__((vector_size(32), aligned(8), may_alias));

enum { UNIT = 16 }; /* channels of the narrowest panel */

#define TILE_NAME tile_float_16
#define TILE_TYPE float
#define TILE_VECTOR floats
#define TILE_ROWS 14
#define TILE_VECTORS 1
#define TILE_WIDTH 16
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_float_32
#define TILE_TYPE float
#define TILE_VECTOR floats
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define TILE_WIDTH 32
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_float_64
#define TILE_TYPE float
#define TILE_VECTOR floats
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TILE_WIDTH 64
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_double_16
#define TILE_TYPE double
#define TILE_VECTOR doubles
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define TILE_WIDTH 16
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_double_32
#define TILE_TYPE double
#define TILE_VECTOR doubles
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define TILE_WIDTH 32
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_float_narrow
#define TILE_TYPE float
#define TILE_VECTOR narrow_floats
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define TILE_WIDTH width
#include "src/infer/gemm_tile.h"

#define TILE_NAME tile_double_narrow
#define TILE_TYPE double
#define TILE_VECTOR narrow_doubles
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define TILE_WIDTH width
#include "src/infer/gemm_tile.h"

static bool has_wide_registers(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
    return false;
#endif
}

static size_t panel_width(bool wide, size_t left)
{
    if (left > 48 && !wide) {
        return 64;
    }
    return left > UNIT ? 32 : UNIT;
}

static size_t element_size(const ng_panels *panels)
{
    return panels->wide ? sizeof(double) : sizeof(float);
}

static void pack_panel(const ng_panels *panels, const void *weights, size_t first, size_t width, uint8_t *out)
{
    const size_t element = element_size(panels);
    const size_t used = panels->channels - first < width ? panels->channels - first : width;
    for (size_t channel = 0; channel < used; channel++) {
        const uint8_t *row = (const uint8_t *)weights + (first + channel) * panels->depth * element;
        for (size_t k = 0; k < panels->depth; k++) {
            memcpy(out + (k * width + channel) * element, row + k * element, element);
        }
    }
}

bool ng_panels_init(ng_panels *panels, const float *narrow, const double *wide, size_t channels, size_t depth,
                    size_t block)
{
    *panels = (ng_panels){.wide = wide != NULL, .channels = channels, .depth = depth, .block = block};
    while (panels->pitch < channels) {
        panels->pitch += panel_width(panels->wide, channels - panels->pitch);
    }
    const size_t element = element_size(panels);
    panels->data = calloc(panels->pitch * depth, element);
    if (panels->data == NULL) {
        return false;
    }
    for (size_t first = 0; first < panels->pitch;) {
        const size_t width = panel_width(panels->wide, channels - first);
        pack_panel(panels, narrow != NULL ? (const void *)narrow : (const void *)wide, first, width,
                   (uint8_t *)panels->data + first * depth * element);
        first += width;
    }
    return true;
}

void ng_panels_free(ng_panels *panels)
{
    free(panels->data);
    *panels = (ng_panels){0};
}

/* How a panel is computed: rows and channels of a tile. */
typedef struct {
    void (*run)(const float *a, const ng_rows *rows, const float *b, size_t depth, size_t block, float *c, size_t pitch, size_t width);
    size_t height;
    size_t channels;
} float_tile;

typedef struct {
    void (*run)(const double *a, const ng_rows *rows, const double *b, size_t depth, size_t block, double *c, size_t pitch, size_t width);
    size_t height;
    size_t channels;
} double_tile;

static float_tile float_tile_for(size_t width)
{
    if (!has_wide_registers()) {
        return (float_tile){tile_float_narrow, 6, 16};
    }
    return width == 64   ? (float_tile){tile_float_64, 6, 64}
           : width == 32 ? (float_tile){tile_float_32, 12, 32}
                         : (float_tile){tile_float_16, 14, 16};
}

static double_tile double_tile_for(size_t width)
{
    if (!has_wide_registers()) {
        return (double_tile){tile_double_narrow, 6, 8};
    }
    return width == 32 ? (double_tile){tile_double_32, 6, 32} : (double_tile){tile_double_16, 12, 16};
}

static void gemm_float(const ng_panels *panels, const ng_rows *rows, size_t block, size_t count, float *c)
{
    const float *a = rows->data;
    const float *b = panels->data;
    for (size_t first = 0, width; first < panels->pitch; first += width, b += width * panels->depth) {
        width = panel_width(false, panels->channels - first);
        const float_tile tile = float_tile_for(width);
        for (size_t row = 0; row < count; row += tile.height) {
            for (size_t at = 0; at < width; at += tile.channels) {
                tile.run(a + row * rows->step, rows, b + at, panels->depth, block, c + row * panels->pitch + first + at, panels->pitch,
                         width);
            }
        }
    }
}

static void gemm_double(const ng_panels *panels, const ng_rows *rows, size_t block, size_t count, double *c)
{
    const double *a = rows->data;
    const double *b = panels->data;
    for (size_t first = 0, width; first < panels->pitch; first += width, b += width * panels->depth) {
        width = panel_width(true, panels->channels - first);
        const double_tile tile = double_tile_for(width);
        for (size_t row = 0; row < count; row += tile.height) {
            for (size_t at = 0; at < width; at += tile.channels) {
                tile.run(a + row * rows->step, rows, b + at, panels->depth, block, c + row * panels->pitch + first + at, panels->pitch,
                         width);
            }
        }
    }
}

void ng_gemm(const ng_panels *panels, const ng_rows *rows, size_t count, void *c)
{
    const size_t block = panels->block < rows->run ? panels->block : rows->run;
    if (panels->wide) {
        gemm_double(panels, rows, block, count, c);
    } else {
        gemm_float(panels, rows, block, count, c);
    }
}
