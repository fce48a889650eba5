#include "src/infer/block_rows.h"

enum { BUNCH = 32 };

/* Where the vectors of a row stand, from its first pixel on, and how they make blocks. */
typedef struct {
    size_t vectors;
    size_t in_block; /* vectors; the last block may have fewer */
    size_t blocks;
    size_t offset[NG_BLOCK_ROW_VECTORS];
} places;

static void find_places(const ng_block_shape *s, const ng_window *w, size_t pixels, places *p)
{
    const size_t pixel = w->channels / NG_BLOCK_LANES;
    p->vectors = w->kernel[0] * w->kernel[1] * pixel;
    p->in_block = s->size / NG_BLOCK_LANES;
    p->blocks = (p->vectors + p->in_block - 1) / p->in_block;
    for (size_t i = 0; i < p->vectors; i++) {
        const size_t tap = i / pixel;
        const size_t at = tap / w->kernel[1] * w->dilation[0] * pixels + tap % w->kernel[1] * w->dilation[1];
        p->offset[i] = at * w->channels + i % pixel * NG_BLOCK_LANES;
    }
}

NG_INLINE size_t end_of_block(const places *p, size_t from)
{
    return p->vectors - from < p->in_block ? p->vectors : from + p->in_block;
}

/* Bits of the largest magnitudes of a row's blocks. */
NG_INLINE void find_largest(const places *p, const float *a, int32_t *largest)
{
    for (size_t from = 0; from < p->vectors; from += p->in_block) {
        ng_words most = {{0}};
        for (size_t i = from; i < end_of_block(p, from); i++) {
            most = ng_block_larger(most, a + p->offset[i]);
        }
        *largest++ = ng_words_largest(most);
    }
}

/* Those bits become the exponents of the scales, as far as they are allowed. False if one is not. Range: room behind them for whole
 * vectors. */
NG_INLINE bool find_exponents(const ng_block_shape *s, size_t count, int32_t *bits)
{
    ng_words bad = {{0}};
    memset(bits + count, 0, NG_BLOCK_LANES * sizeof *bits);
    for (size_t b = 0; b < count; b += NG_BLOCK_LANES) {
        ng_words some;
        memcpy(&some, bits + b, sizeof some);
        some = ng_block_exponents(s, some, &bad);
        memcpy(bits + b, &some, sizeof some);
    }
    return ng_words_none(bad);
}

NG_INLINE void round_row(const ng_block_shape *s, ng_block_style style, const places *p, const int32_t *exponent, const float *a, float *out)
{
    for (size_t from = 0; from < p->vectors; from += p->in_block, exponent++) {
        const ng_block_limits limits = ng_block_limits_of_one(s, *exponent);
        for (size_t i = from; i < end_of_block(p, from); i++) {
            ng_floats_store(ng_block_nearest(s, style, &limits, ng_floats_load(a + p->offset[i])), out + i * NG_BLOCK_LANES);
        }
    }
}

/* A step at a time for all rows: the scales of many blocks are one loop over vectors. */
NG_INLINE bool take_rows(const ng_block_shape *s, ng_block_style style, const places *p, const float *const *a, size_t rows, float *out)
{
    int32_t exponent[NG_BLOCK_ROW_VECTORS + NG_BLOCK_LANES];
    for (size_t row = 0; row < rows; row++) {
        find_largest(p, a[row], exponent + row * p->blocks);
    }
    const bool fine = find_exponents(s, rows * p->blocks, exponent);
    for (size_t row = 0; row < rows; row++) {
        round_row(s, style, p, exponent + row * p->blocks, a[row], out + row * p->vectors * NG_BLOCK_LANES);
    }
    return fine;
}

NG_VECTORISED static bool take_bunch(const ng_block_shape *s, const places *p, const float *const *a, size_t rows, float *out)
{
    switch (s->style) {
    case NG_BLOCK_WHOLE: return take_rows(s, NG_BLOCK_WHOLE, p, a, rows, out);
    case NG_BLOCK_EVEN: return take_rows(s, NG_BLOCK_EVEN, p, a, rows, out);
    default: return take_rows(s, NG_BLOCK_CLIPPED, p, a, rows, out);
    }
}

/* Where rows start, one after the other. */
typedef struct {
    const ng_window *window;
    const ng_bordered *images;
    const float *image;
    size_t y;
    size_t x;
} cursor;

static cursor cursor_at(const ng_window *w, const ng_bordered *images, size_t row)
{
    const size_t positions = w->output[0] * w->output[1];
    const size_t numbers = images->lines * images->pixels * w->channels;
    return (cursor){w, images, images->data + row / positions * numbers, row % positions / w->output[1], row % w->output[1]};
}

static const float *next_row(cursor *c)
{
    const ng_window *w = c->window;
    const float *a = c->image + (c->y * w->stride[0] * c->images->pixels + c->x * w->stride[1]) * w->channels;
    if (++c->x == w->output[1]) {
        c->x = 0;
        c->y++;
    }
    if (c->y == w->output[0]) {
        c->y = 0;
        c->image += c->images->lines * c->images->pixels * w->channels;
    }
    return a;
}

bool ng_block_rows(const ng_block_shape *shape, const ng_window *window, const ng_bordered *images, size_t first, size_t rows, float *out)
{
    const float *a[BUNCH];
    places p;
    cursor c = cursor_at(window, images, first);
    bool fine = true;
    find_places(shape, window, images->pixels, &p);
    const size_t fits = NG_BLOCK_ROW_VECTORS / p.blocks;
    const size_t bunch = fits < BUNCH ? fits : BUNCH;
    for (size_t done = 0; done < rows; done += bunch) {
        const size_t count = rows - done < bunch ? rows - done : bunch;
        for (size_t i = 0; i < count; i++) {
            a[i] = next_row(&c);
        }
        fine = take_bunch(shape, &p, a, count, out + done * p.vectors * NG_BLOCK_LANES) && fine;
    }
    return fine;
}
