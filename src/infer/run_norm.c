/* run_norm.c: operators with sums over axes. */
#include <string.h>

#include "src/infer/functions.h"
#include "src/infer/run.h"

/* Sizes before, of and behind the axes [first, first + count). */
typedef struct {
    size_t outer;
    size_t size;
    size_t inner;
} extent;

static extent extent_of(const ng_shape *shape, unsigned first, unsigned count, size_t images)
{
    extent e = {images, 1, 1};
    for (unsigned i = 0; i < shape->rank; i++) {
        size_t *part = i < first ? &e.outer : i < first + count ? &e.size : &e.inner;
        *part *= shape->size[i];
    }
    return e;
}

void ng_run_Softmax(const ng_job *job)
{
    const ng_parameters *p = &job->step->node->parameters;
    const extent e = extent_of(&job->step->out.shape, p->axis, p->axes, job->images);
    if (e.inner == 1) {
        ng_softmax(job->in[0], e.outer, e.size, job->out);
    } else {
        ng_softmax_middle(job->in[0], e.outer, e.size, e.inner, job->out);
    }
}

void ng_run_LayerNormalization(const ng_job *job)
{
    const ng_parameters *p = &job->step->node->parameters;
    const ng_shape *shape = &job->step->out.shape;
    const extent e = extent_of(shape, p->axis, shape->rank - p->axis, job->images);
    const ng_normal normal = {job->in[1], job->step->inputs > 2 ? job->in[2] : NULL, p->number[0]};
    ng_normalise(job->in[0], e.outer, e.size, &normal, job->out);
}

void ng_run_BatchNormalization(const ng_job *job)
{
    const ng_step *step = job->step;
    const unsigned axis = step->channels_last ? step->out.shape.rank - 1 : 1;
    const extent e = extent_of(&step->out.shape, axis, 1, job->images);
    const ng_normal normal = {job->in[1], job->in[2], 0};
    ng_scale_channels(job->in[0], e.outer, e.size, e.inner, &normal, job->out);
}

/* ---- means ----------------------------------------------------------------------------------------------------- */

/* Any axes: every element is added, in order, to the place where its other axes lead. */
static void mean_anywhere(const float *x, const ng_shape *in, const bool *reduced, float *out)
{
    size_t stride[NG_RANK_MAX] = {0};
    size_t index[NG_RANK_MAX] = {0};
    size_t step = 1;
    for (unsigned i = in->rank; i-- > 0;) {
        stride[i] = reduced[i] ? 0 : step;
        step *= reduced[i] ? 1 : in->size[i];
    }
    const size_t total = ng_shape_count(in);
    memset(out, 0, step * sizeof *out);
    size_t at = 0;
    for (size_t i = 0; i < total; i++) {
        out[at] += x[i];
        for (unsigned axis = in->rank; axis-- > 0;) {
            at += stride[axis];
            if (++index[axis] < in->size[axis]) {
                break;
            }
            at -= stride[axis] * in->size[axis];
            index[axis] = 0;
        }
    }
    for (size_t i = 0; i < step; i++) {
        out[i] /= (float)(total / step);
    }
}

/* First and count of the reduced axes if they are neighbours, axes of size 1 aside. */
static bool one_run(const ng_shape *in, const bool *reduced, unsigned *first, unsigned *count)
{
    unsigned runs = 0;
    bool before = false;
    *first = in->rank;
    *count = 0;
    for (unsigned i = 0; i < in->rank; i++) {
        const bool now = in->size[i] == 1 ? before : reduced[i];
        if (now && !before) {
            runs++;
            *first = i;
        }
        *count = now ? i - *first + 1 : *count;
        before = now;
    }
    return runs <= 1;
}

static void mean_over_map(const ng_job *job)
{
    const ng_shape *in = &job->step->in[0].shape;
    ng_mean(job->in[0], job->images, in->size[1] * in->size[2], in->size[3], job->out);
}

void ng_run_GlobalAveragePool(const ng_job *job)
{
    mean_over_map(job);
}

void ng_run_ReduceMean(const ng_job *job)
{
    const ng_step *step = job->step;
    const ng_shape *in = &step->in[0].shape;
    const bool *reduced = step->node->parameters.reduced;
    unsigned first;
    unsigned count;
    if (step->channels_last) {
        mean_over_map(job);
        return;
    }
    if (one_run(in, reduced, &first, &count)) {
        const extent e = extent_of(in, first, count, job->images);
        ng_mean(job->in[0], e.outer, e.size, e.inner, job->out);
        return;
    }
    for (size_t image = 0; image < job->images; image++) {
        mean_anywhere(job->in[0] + image * ng_shape_count(in), in, reduced, job->out + image * ng_shape_count(&step->out.shape));
    }
}
