#include "src/infer/window.h"

#include <stdint.h>
#include <string.h>

/* The kernel columns [from, to) that meet the image when the first stands at column `left`. */
static void clip(const ng_window *w, ptrdiff_t left, size_t *from, size_t *to)
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

/* One kernel row; `line` is the image line under it. */
static void copy_line(const ng_window *w, const uint8_t *line, ptrdiff_t left, size_t pixel, uint8_t *out)
{
    size_t from;
    size_t to;
    clip(w, left, &from, &to);
    memset(out, 0, from * pixel);
    memset(out + to * pixel, 0, (w->kernel[1] - to) * pixel);
    if (w->dilation[1] == 1) {
        memcpy(out + from * pixel, line + (size_t)(left + (ptrdiff_t)from) * pixel, (to - from) * pixel);
        return;
    }
    for (size_t i = from; i < to; i++) {
        memcpy(out + i * pixel, line + (size_t)(left + (ptrdiff_t)(i * w->dilation[1])) * pixel, pixel);
    }
}

static void copy_window(const ng_window *w, const uint8_t *image, size_t y, size_t x, size_t element, uint8_t *out)
{
    const size_t pixel = w->channels * element;
    const ptrdiff_t left = (ptrdiff_t)(x * w->stride[1]) - (ptrdiff_t)w->before[1];
    for (size_t i = 0; i < w->kernel[0]; i++) {
        const ptrdiff_t line = (ptrdiff_t)(y * w->stride[0] + i * w->dilation[0]) - (ptrdiff_t)w->before[0];
        uint8_t *place = out + i * w->kernel[1] * pixel;
        if (line < 0 || line >= (ptrdiff_t)w->height) {
            memset(place, 0, w->kernel[1] * pixel);
        } else {
            copy_line(w, image + (size_t)line * w->width * pixel, left, pixel, place);
        }
    }
}

void ng_window_rows(const ng_window *window, const void *images, size_t element, size_t first, size_t rows, size_t step,
                    void *out)
{
    const ng_window *w = window;
    const size_t positions = w->output[0] * w->output[1];
    const size_t used = w->kernel[0] * w->kernel[1] * w->channels * element;
    const size_t image_size = w->height * w->width * w->channels * element;
    for (size_t i = 0; i < rows; i++) {
        const size_t position = (first + i) % positions;
        const uint8_t *image = (const uint8_t *)images + (first + i) / positions * image_size;
        uint8_t *row = (uint8_t *)out + i * step * element;
        copy_window(w, image, position / w->output[1], position % w->output[1], element, row);
        memset(row + used, 0, step * element - used);
    }
}
