#include "src/infer/depthwise_block.h"

#include "src/infer/depthwise.h"

/* The taps of a block, whose numbers of one row stand `offset` from where the row starts. */
typedef struct {
    size_t taps;
    size_t offset[NG_BLOCK_MAX];
    const float *weights; /* [taps][pitch] */
    size_t pitch;
} block;

static void find_taps(const ng_panels *panels, const ng_rows *rows, size_t from, size_t taps, block *b)
{
    const size_t run = rows->run / panels->channels;
    b->taps = taps;
    b->weights = (const float *)panels->data + from * panels->pitch;
    b->pitch = panels->pitch;
    for (size_t i = 0; i < taps; i++) {
        b->offset[i] = (from + i) / run * rows->run_step + (from + i) % run * panels->channels;
    }
}

NG_INLINE ng_words largest_of(const block *b, const float *a)
{
    ng_words most = {{0}};
    for (size_t i = 0; i < b->taps; i++) {
        most = ng_block_larger(most, a + b->offset[i]);
    }
    return most;
}

/* The exponents of the scales, as far as they are allowed; *bad gets bits if one of the first `channels` is not. */
NG_INLINE ng_words exponents_of(const ng_block_shape *s, ng_words largest, int32_t channels, ng_words *bad)
{
    ng_words used;
    NG_EACH_LANE(i) {
        used.lane[i] = i < channels ? largest.lane[i] : 0;
    }
    return ng_block_exponents(s, used, bad);
}

/* sum + x * y; in a block nothing is rounded. */
NG_INLINE ng_floats add_products(ng_floats sum, ng_floats x, const float *y)
{
    ng_floats total;
    NG_EACH_LANE(i) {
        total.lane[i] = sum.lane[i] + x.lane[i] * y[i];
    }
    return total;
}

NG_INLINE ng_floats block_sum(const ng_block_shape *s, ng_block_style style, const block *b, const float *a, const float *weights,
                              int32_t channels, ng_words *bad)
{
    ng_block_limits limits;
    ng_floats sum = {{0}};
    ng_block_limits_at(s, exponents_of(s, largest_of(b, a), channels, bad), &limits);
    for (size_t i = 0; i < b->taps; i++) {
        const ng_floats x = ng_block_nearest(s, style, &limits, ng_floats_load(a + b->offset[i]));
        sum = add_products(sum, x, weights + i * b->pitch);
    }
    return sum;
}

NG_INLINE void add_sum(ng_floats sum, float *c)
{
    NG_EACH_LANE(i) {
        c[i] += sum.lane[i];
    }
}

/* One block of every row; the first one starts the sums. */
NG_INLINE bool block_of_rows(const ng_block_shape *s, ng_block_style style, const block *b, bool first, const float *a, size_t step,
                             size_t channels, size_t count, float *c)
{
    ng_words bad = {{0}};
    for (size_t row = 0; row < count; row++, a += step, c += b->pitch) {
        for (size_t channel = 0; channel < channels; channel += NG_BLOCK_LANES) {
            const ng_floats sum = block_sum(s, style, b, a + channel, b->weights + channel, (int32_t)(channels - channel), &bad);
            if (first) {
                ng_floats_store(sum, c + channel);
            } else {
                add_sum(sum, c + channel);
            }
        }
    }
    return ng_words_none(bad);
}

NG_VECTORISED_FUSED static bool add_block(const ng_block_shape *s, const block *b, bool first, const float *a, size_t step,
                                          size_t channels, size_t count, float *c)
{
    switch (s->style) {
    case NG_BLOCK_WHOLE: return block_of_rows(s, NG_BLOCK_WHOLE, b, first, a, step, channels, count, c);
    case NG_BLOCK_EVEN: return block_of_rows(s, NG_BLOCK_EVEN, b, first, a, step, channels, count, c);
    default: return block_of_rows(s, NG_BLOCK_CLIPPED, b, first, a, step, channels, count, c);
    }
}

bool ng_depthwise_blocks(const ng_block_shape *shape, const ng_panels *panels, const ng_rows *rows, size_t count, float *c)
{
    block b;
    bool fine = true;
    for (size_t from = 0; from < panels->depth; from += shape->size) {
        find_taps(panels, rows, from, panels->depth - from < shape->size ? panels->depth - from : shape->size, &b);
        fine = add_block(shape, &b, from == 0, rows->data, rows->step, panels->channels, count, c) && fine;
    }
    return fine;
}
