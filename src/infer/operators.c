#include "src/infer/operators.h"

#include "src/infer/arrays.h"
#include "src/infer/functions.h"

typedef struct {
    const ng_step *step;
    size_t images;
    const float *const *in;
    float *out;
} job;

/* The shape of `images` images of a batched argument, or of a constant. */
static ng_shape full_shape(const ng_argument *argument, size_t images)
{
    ng_shape shape = argument->shape;
    if (argument->constant == NULL) {
        shape.size[0] = images;
    }
    return shape;
}

static size_t out_count(const job *j)
{
    return j->images * ng_shape_count(&j->step->out.shape);
}

static void combine(const job *j, ng_arithmetic_operation operation)
{
    const ng_shape a = full_shape(&j->step->in[0], j->images);
    const ng_shape b = full_shape(&j->step->in[1], j->images);
    const ng_shape out = full_shape(&j->step->out, j->images);
    ng_combine(operation, j->in[0], &a, j->in[1], &b, j->out, &out);
}

static void run_Add(const job *j)
{
    combine(j, NG_ADD);
}

static void run_Sub(const job *j)
{
    combine(j, NG_SUBTRACT);
}

static void run_Mul(const job *j)
{
    combine(j, NG_MULTIPLY);
}

static void run_Div(const job *j)
{
    combine(j, NG_DIVIDE);
}

/* The only exponent that shapes.c lets through is 2. */
static void run_Pow(const job *j)
{
    const ng_shape shape = full_shape(&j->step->out, j->images);
    ng_combine(NG_MULTIPLY, j->in[0], &shape, j->in[0], &shape, j->out, &shape);
}

static void run_Relu(const job *j)
{
    ng_relu(j->in[0], out_count(j), j->out);
}

static void run_Sqrt(const job *j)
{
    ng_sqrt(j->in[0], out_count(j), j->out);
}

static void run_Erf(const job *j)
{
    ng_erf(j->in[0], out_count(j), j->out);
}

static void run_Softmax(const job *j)
{
    const ng_shape *shape = &j->step->out.shape;
    const size_t size = shape->size[shape->rank - 1];
    ng_softmax(j->in[0], out_count(j) / size, size, j->out);
}

static void run_ReduceMean(const job *j)
{
    const ng_shape *in = &j->step->in[0].shape;
    const bool *reduced = j->step->node->parameters.reduced;
    size_t outer = j->images;
    size_t size = 1;
    size_t inner = 1;
    for (unsigned i = 1; i < in->rank; i++) {
        if (reduced[i]) {
            size *= in->size[i];
        } else if (size == 1 && !reduced[i - 1]) {
            outer *= in->size[i];
        } else {
            inner *= in->size[i];
        }
    }
    ng_mean(j->in[0], outer, size, inner, j->out);
}

static void run_GlobalAveragePool(const job *j)
{
    const ng_shape *in = &j->step->in[0].shape; /* channels last */
    ng_mean(j->in[0], j->images, in->size[1] * in->size[2], in->size[3], j->out);
}

static void run_Transpose(const job *j)
{
    const ng_shape shape = full_shape(&j->step->in[0], j->images);
    ng_permute(j->in[0], &shape, j->step->permutation, j->out);
}

static void run_MatMul(const job *j)
{
    const ng_shape *a = &j->step->in[0].shape;
    const ng_shape *b = &j->step->in[1].shape;
    const size_t rows = a->size[a->rank - 2];
    const size_t depth = a->size[a->rank - 1];
    ng_matrices(j->in[0], j->in[1], j->images * ng_shape_count(a) / (rows * depth), rows, depth, b->size[b->rank - 1],
                j->out);
}

/* Weighted, or no steps at all (plan.c). */
static void run_nothing(const job *j)
{
    (void)j;
}
#define run_Conv run_nothing
#define run_Gemm run_nothing
#define run_Flatten run_nothing
#define run_Reshape run_nothing
#define run_Identity run_nothing

void ng_operator_run(const ng_step *step, size_t images, const float *const data[2], float *out)
{
    static void (*const run[])(const job *) = {
#define OPERATOR(name, least, most) run_##name,
#include "src/network/operators.def"
#undef OPERATOR
    };
    const float *const in[2] = {step->in[0].constant != NULL ? step->in[0].constant : data[0],
                                step->in[1].constant != NULL ? step->in[1].constant : data[1]};
    const job j = {step, images, in, out};
    run[step->operation](&j);
}
