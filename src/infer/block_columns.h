/* block_columns.h: block_rows.h for windows of few numbers, as first layers have: sixteen neighbouring positions side by side, so that the
 * scales and roundings of sixteen rows are lanes of vectors. */
#ifndef NG_BLOCK_COLUMNS_H
#define NG_BLOCK_COLUMNS_H

#include "src/infer/block_rows.h"

enum { NG_BLOCK_COLUMNS = 64, NG_BLOCK_COLUMN_STEP = 8 };

/* As ng_block_rows(), rows `step` numbers apart. Range: at most NG_BLOCK_COLUMNS numbers a row; neighbouring positions at most
 * NG_BLOCK_COLUMN_STEP numbers apart, and as many times 16 numbers readable behind the images; a rule other than MSE. */
bool ng_block_columns(const ng_block_shape *shape, const ng_window *window, const ng_bordered *images, size_t first, size_t rows,
                      size_t step, float *out);

#endif
