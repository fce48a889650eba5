/* depthwise_tile.h: template of one row of a depthwise product; depthwise.c includes it once for each type. The sums of sixteen
 * channels stay in registers, as many as the machine's vectors take. No include guard, on purpose. */
#define TILE_EACH(i) for (size_t i = 0; i < NG_DEPTHWISE_LANES; i++)

typedef struct {
    TILE_TYPE lane[NG_DEPTHWISE_LANES];
} TILE_VECTOR;

NG_INLINE TILE_VECTOR TILE_ADD(TILE_VECTOR sum, const TILE_TYPE *x, const TILE_TYPE *y)
{
    TILE_VECTOR total;
    TILE_EACH(i) {
        total.lane[i] = sum.lane[i] + x[i] * y[i];
    }
    return total;
}

/* The first taps start the sums, others go on with them. */
NG_VECTORISED_FUSED static void TILE_NAME(const TILE_TYPE *a, const some_taps *t, const ng_panels *panels, TILE_TYPE *c)
{
    const TILE_TYPE *weights = (const TILE_TYPE *)panels->data + t->from * panels->pitch;
    for (size_t channel = 0; channel < panels->channels; channel += NG_DEPTHWISE_LANES) {
        TILE_VECTOR sum;
        TILE_EACH(i) {
            sum.lane[i] = t->from != 0 ? c[channel + i] : 0;
        }
        for (size_t i = 0; i < t->count; i++) {
            sum = TILE_ADD(sum, a + t->offset[i] + channel, weights + i * panels->pitch + channel);
        }
        TILE_EACH(i) {
            c[channel + i] = sum.lane[i];
        }
    }
}
#undef TILE_NAME
#undef TILE_TYPE
#undef TILE_VECTOR
#undef TILE_ADD
#undef TILE_EACH
