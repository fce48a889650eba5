/* block_rows.h: a convolution's rows of operands in blocks that span several pixels: taken out of the images and rounded in one go.
 *
 *   out[row] = the window's numbers over (kernel row, kernel column, channel), each block of them rounded
 */
#ifndef NG_BLOCK_ROWS_H
#define NG_BLOCK_ROWS_H

#include "src/infer/window.h"
#include "src/quantize/block_shape.h"

enum { NG_BLOCK_ROW_VECTORS = 512 };

/* Images with their borders, of `lines` lines of `pixels` pixels. */
typedef struct {
    const float *data;
    size_t lines;
    size_t pixels;
} ng_bordered;

/* Rows [first, first + rows) of all images' rows, `reduction` numbers each. False if a block is not finite or its scale out of the range of
 * src/quantize/block.h. Range: channels a multiple of 16, at most 16 * NG_BLOCK_ROW_VECTORS numbers a row, a rule other than MSE. */
bool ng_block_rows(const ng_block_shape *shape, const ng_window *window, const ng_bordered *images, size_t first, size_t rows, float *out);

#endif
