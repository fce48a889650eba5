#include "src/infer/window.h"

#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"

/* Numbers of 4 bytes, copied 16 and 4 at a time: rows are too short for a call of memcpy() each. */
typedef uint32_t words __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint32_t quad __attribute__((vector_size(16), aligned(4), may_alias));
typedef uint32_t word __attribute__((may_alias));

enum { WORDS = 16, QUAD = 4 };

NG_INLINE void copy_words(word *to, const word *from, size_t count)
{
    size_t i = 0;
    for (; i + WORDS <= count; i += WORDS) {
        *(words *)(to + i) = *(const words *)(from + i);
    }
    for (; i + QUAD <= count; i += QUAD) {
        *(quad *)(to + i) = *(const quad *)(from + i);
    }
    for (; i < count; i++) {
        to[i] = from[i];
    }
}

NG_INLINE void clear_words(word *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = 0;
    }
}

/* The kernel columns [from, to) that meet the image when the first stands at column `left`. */
NG_INLINE void clip(const ng_window *w, ptrdiff_t left, size_t *from, size_t *to)
{
    const ptrdiff_t spread = (ptrdiff_t)w->dilation[1];
    const ptrdiff_t kernel = (ptrdiff_t)w->kernel[1];
    ptrdiff_t first = left < 0 ? (-left + spread - 1) / spread : 0;
    ptrdiff_t last = (ptrdiff_t)w->width > left ? ((ptrdiff_t)w->width - left + spread - 1) / spread : 0;
    first = first < kernel ? first : kernel;
    last = last < kernel ? last : kernel;
    *from = (size_t)first;
    *to = (size_t)(last > first ? last : first);
}

/* One kernel row; `line` is the image line under it, `pixel` the words of a pixel. */
NG_INLINE void copy_line(const ng_window *w, const word *line, ptrdiff_t left, size_t from, size_t to, size_t pixel,
                         word *out)
{
    clear_words(out, from * pixel);
    clear_words(out + to * pixel, (w->kernel[1] - to) * pixel);
    if (w->dilation[1] == 1) {
        copy_words(out + from * pixel, line + (size_t)(left + (ptrdiff_t)from) * pixel, (to - from) * pixel);
        return;
    }
    for (size_t i = from; i < to; i++) {
        copy_words(out + i * pixel, line + (size_t)(left + (ptrdiff_t)(i * w->dilation[1])) * pixel, pixel);
    }
}

NG_INLINE void copy_window(const ng_window *w, const word *image, size_t y, size_t x, size_t pixel, word *out)
{
    const ptrdiff_t left = (ptrdiff_t)(x * w->stride[1]) - (ptrdiff_t)w->before[1];
    size_t from;
    size_t to;
    clip(w, left, &from, &to);
    for (size_t i = 0; i < w->kernel[0]; i++) {
        const ptrdiff_t line = (ptrdiff_t)(y * w->stride[0] + i * w->dilation[0]) - (ptrdiff_t)w->before[0];
        word *place = out + i * w->kernel[1] * pixel;
        if (line < 0 || line >= (ptrdiff_t)w->height) {
            clear_words(place, w->kernel[1] * pixel);
        } else {
            copy_line(w, image + (size_t)line * w->width * pixel, left, from, to, pixel, place);
        }
    }
}

NG_VECTORISED static void copy_rows(const ng_window *w, const word *images, size_t pixel, size_t first, size_t rows,
                                    size_t step, word *out)
{
    const size_t positions = w->output[0] * w->output[1];
    const size_t used = w->kernel[0] * w->kernel[1] * pixel;
    const word *image = images + first / positions * w->height * w->width * pixel;
    size_t y = first % positions / w->output[1];
    size_t x = first % w->output[1];
    for (size_t i = 0; i < rows; i++) {
        copy_window(w, image, y, x, pixel, out + i * step);
        clear_words(out + i * step + used, step - used);
        if (++x == w->output[1]) {
            x = 0;
            y++;
        }
        if (y == w->output[0]) {
            y = 0;
            image += w->height * w->width * pixel;
        }
    }
}

void ng_window_rows(const ng_window *window, const void *images, size_t element, size_t first, size_t rows, size_t step,
                    void *out)
{
    const size_t unit = element / sizeof(word);
    copy_rows(window, images, window->channels * unit, first, rows, step * unit, out);
}

/* One window of a few channels of each pixel, `pixel` words apart. */
NG_INLINE void slice_window(const ng_window *w, const word *image, size_t y, size_t x, size_t pixel, size_t taken,
                            word *out)
{
    for (size_t i = 0; i < w->kernel[0]; i++) {
        const ptrdiff_t line = (ptrdiff_t)(y * w->stride[0] + i * w->dilation[0]) - (ptrdiff_t)w->before[0];
        for (size_t k = 0; k < w->kernel[1]; k++, out += taken) {
            const ptrdiff_t column = (ptrdiff_t)(x * w->stride[1] + k * w->dilation[1]) - (ptrdiff_t)w->before[1];
            if (line < 0 || column < 0 || line >= (ptrdiff_t)w->height || column >= (ptrdiff_t)w->width) {
                clear_words(out, taken);
            } else {
                copy_words(out, image + ((size_t)line * w->width + (size_t)column) * pixel, taken);
            }
        }
    }
}

void ng_window_slice(const ng_window *window, size_t from, size_t count, const void *images, size_t element, size_t first,
                     size_t rows, size_t step, void *out)
{
    const size_t unit = element / sizeof(word);
    const size_t pixel = window->channels * unit;
    const size_t taken = count * unit;
    const size_t used = window->kernel[0] * window->kernel[1] * taken;
    const size_t positions = window->output[0] * window->output[1];
    const word *all = images;
    word *to = out;
    for (size_t row = first; row < first + rows; row++, to += step * unit) {
        const word *image = all + row / positions * window->height * window->width * pixel + from * unit;
        const size_t position = row % positions;
        slice_window(window, image, position / window->output[1], position % window->output[1], pixel, taken, to);
        clear_words(to + used, step * unit - used);
    }
}
