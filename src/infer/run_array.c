/* run_array.c: operators on arrays of any rank: two operands element by element, and elements moved. */
#include <string.h>

#include "src/infer/arrays.h"
#include "src/infer/run.h"

void ng_run_binary(const ng_job *job)
{
    static const struct {
        ng_operator operation;
        ng_arithmetic_operation arithmetic;
    } rows[] = {{NG_OP_Add, NG_ADD},    {NG_OP_Sub, NG_SUBTRACT}, {NG_OP_Mul, NG_MULTIPLY},
                {NG_OP_Div, NG_DIVIDE}, {NG_OP_Min, NG_LEAST},    {NG_OP_Max, NG_MOST}};
    const ng_step *step = job->step;
    const unsigned rank = step->out.shape.rank;
    const ng_shape a = ng_full_shape(&step->in[0], rank, job->images);
    const ng_shape b = ng_full_shape(&step->in[1], rank, job->images);
    const ng_shape out = ng_full_shape(&step->out, rank, job->images);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].operation == step->operation) {
            ng_combine(rows[i].arithmetic, job->in[0], &a, job->in[1], &b, job->out, &out);
        }
    }
}

void ng_run_Transpose(const ng_job *job)
{
    const ng_step *step = job->step;
    const ng_shape in = ng_full_shape(&step->in[0], step->in[0].shape.rank, job->images);
    unsigned permutation[NG_RANK_MAX] = {0};
    for (unsigned i = 1; i < in.rank; i++) {
        permutation[i] = step->permutation[i - 1] + 1;
    }
    ng_permute(job->in[0], &in, permutation, job->out);
}

/* ONNX's axis of stored axis i of a feature map. */
static unsigned onnx_axis(const ng_step *step, unsigned i)
{
    static const unsigned last[] = {0, 2, 3, 1};
    return step->channels_last ? last[i] : i;
}

void ng_run_select(const ng_job *job)
{
    const ng_step *step = job->step;
    const ng_parameters *p = &step->node->parameters;
    const size_t taken = ng_shape_count(&step->in[0].shape);
    const size_t made = ng_shape_count(&step->out.shape);
    ng_shape selected = p->selected;
    ng_axis_map maps[NG_RANK_MAX];
    size_t stride[NG_RANK_MAX];
    memcpy(maps, p->map, sizeof maps);
    if (step->channels_last) {
        ng_shape_strides(&step->in[0].shape, stride);
        for (unsigned i = 0; i < selected.rank; i++) {
            maps[i] = p->map[onnx_axis(step, i)];
            maps[i].stride = stride[i];
            selected.size[i] = p->selected.size[onnx_axis(step, i)];
        }
    }
    for (size_t image = 0; image < job->images; image++) {
        ng_select(job->in[0] + image * taken, sizeof(float), maps, &selected, &p->number[0], job->out + image * made);
    }
}

/* Pieces of every input in turn: a piece is all that lies behind one place of the axes before the joined one. */
static void join(const ng_job *job, size_t image, unsigned axis)
{
    const ng_step *step = job->step;
    float *to = job->out + image * ng_shape_count(&step->out.shape);
    size_t places = 1;
    for (unsigned i = 0; i < axis; i++) {
        places *= step->out.shape.size[i];
    }
    for (size_t place = 0; place < places; place++) {
        for (unsigned i = 0; i < step->inputs; i++) {
            const size_t count = ng_shape_count(&step->in[i].shape);
            const size_t piece = count / places;
            const float *from = job->in[i] + (step->in[i].constant != NULL ? 0 : image * count) + place * piece;
            memcpy(to, from, piece * sizeof *to);
            to += piece;
        }
    }
}

void ng_run_Concat(const ng_job *job)
{
    unsigned axis = 0;
    while (onnx_axis(job->step, axis) != job->step->node->parameters.axis) {
        axis++;
    }
    for (size_t image = 0; image < job->images; image++) {
        join(job, image, axis);
    }
}
