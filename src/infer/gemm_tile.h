/* gemm_tile.h: template of one tile of a matrix product; gemm.c includes it once for each shape.
 *
 *   c[r][q] = sum over the blocks, in order, of fp(sum over the block's k of a[r][k] * b[k][q])
 *
 * r < TILE_ROWS, q < TILE_VECTORS * lanes. Rows of a stand as ng_rows says; rows of c stand `pitch` apart. The sum of
 * one block stays in registers and is exact where the caller says so; adding it to c rounds once. Fused multiply-add is
 * allowed for that reason. b's rows stand `width` numbers apart: TILE_WIDTH, where that is known beforehand. No include guard, on purpose.
 */
NG_VECTORISED_FUSED static void TILE_NAME(const TILE_TYPE *a, const ng_rows *rows, const TILE_TYPE *b, size_t depth,
                                          size_t block, TILE_TYPE *c, size_t pitch, size_t width)
{
    enum { LANES = sizeof(TILE_VECTOR) / sizeof(TILE_TYPE) };
    (void)width;
    for (size_t r = 0; r < TILE_ROWS; r++) {
        for (size_t q = 0; q < TILE_VECTORS; q++) {
            *(TILE_VECTOR *)(c + r * pitch + q * LANES) = (TILE_VECTOR){0};
        }
    }
    const size_t step = rows->step;
    size_t in_run = 0;
    for (size_t from = 0; from < depth; from += block, b += block * TILE_WIDTH) {
        TILE_VECTOR sum[TILE_ROWS][TILE_VECTORS];
        for (size_t r = 0; r < TILE_ROWS; r++) {
            for (size_t q = 0; q < TILE_VECTORS; q++) {
                sum[r][q] = (TILE_VECTOR){0};
            }
        }
        const size_t length = depth - from < block ? depth - from : block;
        for (size_t k = 0; k < length; k++) {
            TILE_VECTOR column[TILE_VECTORS];
            for (size_t q = 0; q < TILE_VECTORS; q++) {
                column[q] = *(const TILE_VECTOR *)(b + k * TILE_WIDTH + q * LANES);
            }
            _Pragma("GCC unroll 16") for (size_t r = 0; r < TILE_ROWS; r++) {
                const TILE_TYPE scalar = a[r * step + in_run + k];
                _Pragma("GCC unroll 4") for (size_t q = 0; q < TILE_VECTORS; q++) {
                    sum[r][q] += scalar * column[q];
                }
            }
        }
        for (size_t r = 0; r < TILE_ROWS; r++) {
            for (size_t q = 0; q < TILE_VECTORS; q++) {
                *(TILE_VECTOR *)(c + r * pitch + q * LANES) += sum[r][q];
            }
        }
        in_run += block;
        if (in_run == rows->run) {
            a += rows->run_step;
            in_run = 0;
        }
    }
}
#undef TILE_NAME
#undef TILE_TYPE
#undef TILE_VECTOR
#undef TILE_ROWS
#undef TILE_VECTORS
#undef TILE_WIDTH
