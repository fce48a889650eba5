/* depthwise_tile.h: template of one row of a depthwise product; depthwise.c includes it once for each type. The sum of one
 * vector of channels stays in a register. No include guard, on purpose. */
NG_VECTORISED_FUSED static void TILE_NAME(const TILE_TYPE *a, const ng_rows *rows, const ng_panels *panels, TILE_TYPE *c)
{
    enum { LANES = sizeof(TILE_VECTOR) / sizeof(TILE_TYPE) };
    const TILE_TYPE *weights = panels->data;
    const size_t run = rows->run / panels->channels;
    for (size_t channel = 0; channel < panels->channels; channel += LANES) {
        TILE_VECTOR sum = {0};
        for (size_t tap = 0; tap < panels->depth; tap++) {
            const size_t at = tap / run * rows->run_step + tap % run * panels->channels + channel;
            sum += *(const TILE_VECTOR *)(a + at) * *(const TILE_VECTOR *)(weights + tap * panels->pitch + channel);
        }
        *(TILE_VECTOR *)(c + channel) = sum;
    }
}
#undef TILE_NAME
#undef TILE_TYPE
#undef TILE_VECTOR
