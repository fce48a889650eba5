/* run_pool.c: pools over feature maps kept [rows][columns][channels]. */
#include <math.h>

#include "src/base/vectorise.h"
#include "src/infer/run.h"

typedef struct {
    const ng_parameters *p;
    size_t height, width, channels; /* of the input */
    size_t rows, columns;           /* of the output */
} pool;

static pool make_pool(const ng_job *job)
{
    const size_t *in = job->step->in[0].shape.size;
    const size_t *out = job->step->out.shape.size;
    return (pool){&job->step->node->parameters, in[1], in[2], in[3], out[1], out[2]};
}

NG_VECTORISED static void add_pixel(const float *x, size_t channels, float *out)
{
    for (size_t c = 0; c < channels; c++) {
        out[c] += x[c];
    }
}

/* NaN wins, as it does in sums. */
NG_VECTORISED static void largest_pixel(const float *x, size_t channels, float *out)
{
    for (size_t c = 0; c < channels; c++) {
        out[c] = x[c] > out[c] || x[c] != x[c] ? x[c] : out[c];
    }
}

typedef void pixel_function(const float *x, size_t channels, float *out);

/* Calls the function for every pixel under the window at output (y, x), in order. Returns how many there were; *padded
 * counts those on padding too. */
static size_t visit(const pool *w, const float *image, size_t y, size_t x, pixel_function *visit_pixel, float *out,
                    size_t *padded)
{
    const ng_parameters *p = w->p;
    size_t count = 0;
    *padded = 0;
    for (size_t i = 0; i < p->kernel[0]; i++) {
        const size_t line = y * p->stride[0] + i * p->dilation[0]; /* counted from the padding's start */
        for (size_t k = 0; k < p->kernel[1]; k++) {
            const size_t column = x * p->stride[1] + k * p->dilation[1];
            *padded += line < w->height + p->pad[0] + p->pad[2] && column < w->width + p->pad[1] + p->pad[3];
            if (line < p->pad[0] || column < p->pad[1] || line - p->pad[0] >= w->height || column - p->pad[1] >= w->width) {
                continue;
            }
            visit_pixel(image + ((line - p->pad[0]) * w->width + column - p->pad[1]) * w->channels, w->channels, out);
            count++;
        }
    }
    return count;
}

void ng_run_MaxPool(const ng_job *job)
{
    const pool w = make_pool(job);
    float *out = job->out;
    for (size_t i = 0; i < job->images * w.rows * w.columns; i++, out += w.channels) {
        const float *image = job->in[0] + i / (w.rows * w.columns) * w.height * w.width * w.channels;
        size_t padded;
        for (size_t c = 0; c < w.channels; c++) {
            out[c] = -INFINITY;
        }
        (void)visit(&w, image, i / w.columns % w.rows, i % w.columns, largest_pixel, out, &padded);
    }
}

void ng_run_AveragePool(const ng_job *job)
{
    const pool w = make_pool(job);
    float *out = job->out;
    for (size_t i = 0; i < job->images * w.rows * w.columns; i++, out += w.channels) {
        const float *image = job->in[0] + i / (w.rows * w.columns) * w.height * w.width * w.channels;
        size_t padded;
        for (size_t c = 0; c < w.channels; c++) {
            out[c] = 0;
        }
        const size_t count = visit(&w, image, i / w.columns % w.rows, i % w.columns, add_pixel, out, &padded);
        for (size_t c = 0; c < w.channels; c++) {
            out[c] /= (float)(w.p->count_padding ? padded : count);
        }
    }
}
