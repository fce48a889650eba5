/* run_matrix.c: products of two activations, in fp32. This is the one place where they are computed. */
#include "src/infer/functions.h"
#include "src/infer/run.h"

/* Matrices of an argument: how many an image has, and the number of the one that stretches to index `at` of the result's
 * leading axes. */
static size_t matrix_index(const ng_shape *operand, const ng_shape *out, size_t at)
{
    size_t offset = 0;
    size_t stride = 1;
    for (unsigned i = 2; i < out->rank; i++) {
        const size_t size = out->size[out->rank - 1 - i];
        const size_t own = i < operand->rank ? operand->size[operand->rank - 1 - i] : 1;
        offset += own == 1 ? 0 : at % size * stride;
        stride *= own;
        at /= size;
    }
    return offset;
}

void ng_run_MatMul(const ng_job *job)
{
    const ng_shape *a = &job->step->in[0].shape;
    const ng_shape *b = &job->step->in[1].shape;
    const ng_shape *out = &job->step->out.shape;
    const size_t rows = a->size[a->rank - 2];
    const size_t depth = a->size[a->rank - 1];
    const size_t columns = b->size[b->rank - 1];
    const size_t lefts = ng_shape_count(a) / (rows * depth);
    const size_t rights = ng_shape_count(b) / (depth * columns);
    const size_t results = ng_shape_count(out) / (rows * columns);
    if (lefts == results && rights == results) {
        ng_matrices(job->in[0], job->in[1], job->images * results, rows, depth, columns, job->out);
        return;
    }
    for (size_t i = 0; i < job->images * results; i++) {
        const size_t left = i / results * lefts + matrix_index(a, out, i % results);
        const size_t right = i / results * rights + matrix_index(b, out, i % results);
        ng_matrices(job->in[0] + left * rows * depth, job->in[1] + right * depth * columns, 1, rows, depth, columns,
                    job->out + i * rows * columns);
    }
}
