/* run_matrix.c: products of two activations: which matrices meet, and their products in fp32. */
#include <string.h>

#include "src/infer/matmul.h"
#include "src/infer/run.h"

ng_matmul ng_matmul_of(const ng_step *step)
{
    const ng_shape *a = &step->in[0].shape;
    const ng_shape *b = &step->in[1].shape;
    ng_matmul shape = {.size = {a->size[a->rank - 2], a->size[a->rank - 1], b->size[b->rank - 1]}};
    shape.lefts = ng_shape_count(a) / (shape.size.rows * shape.size.depth);
    shape.rights = ng_shape_count(b) / (shape.size.depth * shape.size.columns);
    shape.results = ng_shape_count(&step->out.shape) / (shape.size.rows * shape.size.columns);
    return shape;
}

/* The number of the matrix of an operand that stretches to index `at` of the result's leading axes. */
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

static size_t matrix_of(const ng_step *step, unsigned side, size_t matrices, size_t results, size_t result)
{
    const size_t image = step->in[side].constant == NULL ? result / results : 0;
    return image * matrices + matrix_index(&step->in[side].shape, &step->out.shape, result % results);
}

size_t ng_matmul_left(const ng_step *step, size_t result)
{
    const ng_matmul shape = ng_matmul_of(step);
    return matrix_of(step, 0, shape.lefts, shape.results, result);
}

size_t ng_matmul_right(const ng_step *step, size_t result)
{
    const ng_matmul shape = ng_matmul_of(step);
    return matrix_of(step, 1, shape.rights, shape.results, result);
}

void ng_run_MatMul(const ng_job *job)
{
    const ng_matmul shape = ng_matmul_of(job->step);
    const ng_matrix_size *size = &shape.size;
    memset(job->out, 0, job->images * shape.results * size->rows * size->columns * sizeof *job->out);
    for (size_t i = 0; i < job->images * shape.results; i++) {
        ng_matrix_add(job->in[0] + ng_matmul_left(job->step, i) * size->rows * size->depth,
                      job->in[1] + ng_matmul_right(job->step, i) * size->depth * size->columns, size,
                      job->out + i * size->rows * size->columns);
    }
}
