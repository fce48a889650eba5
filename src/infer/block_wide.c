#include "src/infer/block_wide.h"

#include "src/base/vectorise.h"
#include "src/infer/block_sum.h"
#include "src/infer/depthwise.h"

/* Registers that every machine of the last years has; unaligned, and may alias arrays. */
typedef float floats __attribute__((vector_size(16), aligned(4), may_alias));
typedef double doubles __attribute__((vector_size(32), aligned(8), may_alias));

enum { LANES = 4, VECTORS = 4, CHANNELS = LANES * VECTORS, ROWS = 4, PAIR_ROWS = 2 };

bool ng_block_wide_init(ng_panels *panels, const float *weights, size_t channels, size_t depth, size_t block)
{
    const bool fine = ng_depthwise_init(panels, weights, NULL, channels, depth);
    panels->block = block;
    return fine;
}

/* A block of ROWS rows times CHANNELS channels: products are exact, and so are the sums. */
NG_INLINE void single_tile(const float *a, size_t step, const float *b, size_t pitch, size_t length, float *c)
{
    doubles sum[ROWS][VECTORS] = {{{0}}};
    for (size_t k = 0; k < length; k++) {
        doubles column[VECTORS];
        _Pragma("GCC unroll 4") for (size_t q = 0; q < VECTORS; q++) {
            column[q] = __builtin_convertvector(*(const floats *)(b + k * pitch + q * LANES), doubles);
        }
        _Pragma("GCC unroll 4") for (size_t r = 0; r < ROWS; r++) {
            const double scalar = (double)a[r * step + k];
            _Pragma("GCC unroll 4") for (size_t q = 0; q < VECTORS; q++) {
                sum[r][q] += scalar * column[q];
            }
        }
    }
    for (size_t r = 0; r < ROWS; r++) {
        double wide[CHANNELS];
        memcpy(wide, sum[r], sizeof wide);
        for (size_t i = 0; i < CHANNELS; i++) {
            c[r * pitch + i] = ng_block_add(c[r * pitch + i], wide[i]);
        }
    }
}

/* The same with what the additions round off beside the sums. */
NG_INLINE void pair_tile(const float *a, size_t step, const float *b, size_t pitch, size_t length, float *c)
{
    doubles sum[PAIR_ROWS][VECTORS] = {{{0}}};
    doubles rest[PAIR_ROWS][VECTORS] = {{{0}}};
    for (size_t k = 0; k < length; k++) {
        _Pragma("GCC unroll 4") for (size_t q = 0; q < VECTORS; q++) {
            const doubles column = __builtin_convertvector(*(const floats *)(b + k * pitch + q * LANES), doubles);
            _Pragma("GCC unroll 2") for (size_t r = 0; r < PAIR_ROWS; r++) {
                const doubles product = (double)a[r * step + k] * column;
                const doubles before = sum[r][q];
                const doubles after = before + product;
                const doubles second = after - before;
                sum[r][q] = after;
                rest[r][q] += (before - (after - second)) + (product - second);
            }
        }
    }
    for (size_t r = 0; r < PAIR_ROWS; r++) {
        double wide[2][CHANNELS];
        memcpy(wide[0], sum[r], sizeof wide[0]);
        memcpy(wide[1], rest[r], sizeof wide[1]);
        for (size_t i = 0; i < CHANNELS; i++) {
            c[r * pitch + i] = ng_block_add_pair(c[r * pitch + i], wide[0][i], wide[1][i]);
        }
    }
}

NG_INLINE void all_tiles(const ng_panels *panels, bool pair, const ng_rows *rows, size_t count, float *c)
{
    const size_t height = pair ? PAIR_ROWS : ROWS;
    const size_t pitch = panels->pitch;
    for (size_t row = 0; row < count; row += height) {
        const float *a = (const float *)rows->data + row * rows->step;
        float *out = c + row * pitch;
        memset(out, 0, height * pitch * sizeof *out);
        for (size_t from = 0; from < panels->depth; from += panels->block) {
            const float *b = (const float *)panels->data + from * pitch;
            const size_t left = panels->depth - from;
            const size_t length = left < panels->block ? left : panels->block;
            for (size_t channel = 0; channel < pitch; channel += CHANNELS) {
                if (pair) {
                    pair_tile(a + from, rows->step, b + channel, pitch, length, out + channel);
                } else {
                    single_tile(a + from, rows->step, b + channel, pitch, length, out + channel);
                }
            }
        }
    }
}

/* Products of floats are exact in double: fusing changes nothing. */
NG_VECTORISED_FUSED static void single_tiles(const ng_panels *panels, const ng_rows *rows, size_t count, float *c)
{
    all_tiles(panels, false, rows, count, c);
}

NG_VECTORISED_FUSED static void pair_tiles(const ng_panels *panels, const ng_rows *rows, size_t count, float *c)
{
    all_tiles(panels, true, rows, count, c);
}

void ng_block_wide(const ng_panels *panels, bool pair, const ng_rows *rows, size_t count, float *c)
{
    (pair ? pair_tiles : single_tiles)(panels, rows, count, c);
}
