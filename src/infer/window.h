/* window.h: a convolution's rows of operands ("im2col").
 *
 * Row (image, y, x) is the part of the image under the kernel at output position (y, x), over (kernel row, kernel
 * column, channel) with the channel innermost; outside the image it is 0. Images are [height][width][channels].
 */
#ifndef NG_INFER_WINDOW_H
#define NG_INFER_WINDOW_H

#include <stddef.h>

typedef struct {
    size_t height, width, channels; /* of the input */
    size_t kernel[2];               /* rows, columns; likewise below */
    size_t stride[2];
    size_t dilation[2];
    size_t before[2];               /* zeros above and to the left */
    size_t output[2];
} ng_window;

/* Writes rows [first, first + rows) of all images' rows, each of `step` elements of `element` bytes (4 or 8) with zeros behind
 * the window's last. Range: step >= kernel rows * kernel columns * channels. */
void ng_window_rows(const ng_window *window, const void *images, size_t element, size_t first, size_t rows, size_t step,
                    void *out);

/* The same for the channels [from, from + count) of every pixel alone. Range: step >= kernel rows * kernel columns *
 * count. */
void ng_window_slice(const ng_window *window, size_t from, size_t count, const void *images, size_t element, size_t first,
                     size_t rows, size_t step, void *out);

#endif
