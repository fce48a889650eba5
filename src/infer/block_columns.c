#include "src/infer/block_columns.h"

/* Where the numbers of a row stand, from its first pixel on, and how far it is to the next position. */
typedef struct {
    size_t count;
    size_t apart;
    size_t offset[NG_BLOCK_COLUMNS];
} places;

static void find_places(const ng_window *w, size_t pixels, places *p)
{
    p->count = w->kernel[0] * w->kernel[1] * w->channels;
    p->apart = w->stride[1] * w->channels;
    for (size_t k = 0; k < p->count; k++) {
        const size_t tap = k / w->channels;
        const size_t at = tap / w->kernel[1] * w->dilation[0] * pixels + tap % w->kernel[1] * w->dilation[1];
        p->offset[k] = at * w->channels + k % w->channels;
    }
}

/* The same number of sixteen windows. */
NG_INLINE ng_floats column_at(const float *a, size_t apart)
{
    ng_floats x;
    if (apart == 1) {
        return ng_floats_load(a);
    }
    NG_EACH_LANE(i) {
        x.lane[i] = a[(size_t)i * apart];
    }
    return x;
}

/* The exponents of the block [from, to) of the first `used` windows; lanes of *bad get bits where a scale is out of range. */
NG_INLINE ng_words exponents_of(const ng_block_shape *s, const places *p, const float *a, size_t from, size_t to, int32_t used,
                                ng_words *bad)
{
    ng_words most = {{0}};
    for (size_t k = from; k < to; k++) {
        most = ng_words_larger(most, ng_words_and(ng_words_of(column_at(a + p->offset[k], p->apart)), INT32_MAX));
    }
    NG_EACH_LANE(i) {
        most.lane[i] = i < used ? most.lane[i] : 0;
    }
    return ng_block_exponents(s, most, bad);
}

/* columns[k][lane] of sixteen windows. */
NG_INLINE void round_columns(const ng_block_shape *s, ng_block_style style, const places *p, const float *a, int32_t used, float *columns,
                             ng_words *bad)
{
    for (size_t from = 0; from < p->count; from += s->size) {
        const size_t to = p->count - from < s->size ? p->count : from + s->size;
        ng_block_limits limits;
        ng_block_limits_at(s, exponents_of(s, p, a, from, to, used, bad), &limits);
        for (size_t k = from; k < to; k++) {
            ng_floats_store(ng_block_nearest(s, style, &limits, column_at(a + p->offset[k], p->apart)), columns + k * NG_BLOCK_LANES);
        }
    }
}

NG_INLINE bool take_windows(const ng_block_shape *s, ng_block_style style, const places *p, const float *a, size_t used, size_t step, float *out)
{
    float columns[NG_BLOCK_COLUMNS * NG_BLOCK_LANES];
    ng_words bad = {{0}};
    round_columns(s, style, p, a, (int32_t)used, columns, &bad);
    for (size_t i = 0; i < used; i++) {
        for (size_t k = 0; k < p->count; k++) {
            out[i * step + k] = columns[k * NG_BLOCK_LANES + i];
        }
    }
    return ng_words_none(bad);
}

NG_VECTORISED static bool take_sixteen(const ng_block_shape *s, const places *p, const float *a, size_t used, size_t step, float *out)
{
    switch (s->style) {
    case NG_BLOCK_WHOLE: return take_windows(s, NG_BLOCK_WHOLE, p, a, used, step, out);
    case NG_BLOCK_EVEN: return take_windows(s, NG_BLOCK_EVEN, p, a, used, step, out);
    default: return take_windows(s, NG_BLOCK_CLIPPED, p, a, used, step, out);
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

bool ng_block_columns(const ng_block_shape *shape, const ng_window *window, const ng_bordered *images, size_t first, size_t rows,
                      size_t step, float *out)
{
    places p;
    bool fine = true;
    find_places(window, images->pixels, &p);
    for (size_t done = 0, used; done < rows; done += used) {
        const size_t line = (first + done) / window->output[1];
        const size_t x = (first + done) % window->output[1];
        const size_t y = line / window->output[0] * images->lines + line % window->output[0] * window->stride[0];
        const float *a = images->data + (y * images->pixels + x * window->stride[1]) * window->channels;
        used = smaller(smaller(NG_BLOCK_LANES, window->output[1] - x), rows - done);
        fine = take_sixteen(shape, &p, a, used, step, out + done * step) && fine;
    }
    return fine;
}
