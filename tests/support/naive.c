#include "tests/support/naive.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const ng_network *network;
    double **data; /* of each value */
} state;

static const ng_shape *shape_of(const state *s, int value)
{
    return &s->network->values[value].shape;
}

/* Element of a value at an index aligned at the last axis of `rank`; axes of size 1 stretch. */
static double at(const state *s, int value, const size_t *index, unsigned rank)
{
    const ng_shape *shape = shape_of(s, value);
    size_t offset = 0;
    for (unsigned i = 0; i < shape->rank; i++) {
        const size_t wanted = index[rank - shape->rank + i];
        offset = offset * shape->size[i] + (shape->size[i] == 1 ? 0 : wanted);
    }
    return s->data[value][offset];
}

static void split_index(const ng_shape *shape, size_t offset, size_t *index)
{
    for (unsigned i = shape->rank; i-- > 0;) {
        index[i] = offset % shape->size[i];
        offset /= shape->size[i];
    }
}

static double conv_at(const state *s, const ng_node *node, const size_t *index)
{
    const ng_parameters *p = &node->parameters;
    const ng_shape *in = shape_of(s, node->input[0]);
    double sum = node->inputs == 3 ? s->data[node->input[2]][index[1]] : 0;
    for (size_t c = 0; c < in->size[1]; c++) {
        for (size_t i = 0; i < p->kernel[0]; i++) {
            for (size_t j = 0; j < p->kernel[1]; j++) {
                const long y = (long)(index[2] * p->stride[0] + i * p->dilation[0]) - (long)p->pad[0];
                const long x = (long)(index[3] * p->stride[1] + j * p->dilation[1]) - (long)p->pad[1];
                if (y < 0 || x < 0 || y >= (long)in->size[2] || x >= (long)in->size[3]) {
                    continue;
                }
                const size_t where[4] = {0, c, (size_t)y, (size_t)x};
                const size_t tap[4] = {index[1], c, i, j};
                sum += at(s, node->input[0], where, 4) * at(s, node->input[1], tap, 4);
            }
        }
    }
    return sum;
}

/* Both kinds of matrix product: the weights of Gemm may be transposed and have a bias. */
static double matrix_at(const state *s, const ng_node *node, const size_t *index, unsigned rank)
{
    const ng_shape *a = shape_of(s, node->input[0]);
    double sum = node->inputs == 3 ? s->data[node->input[2]][index[rank - 1]] : 0;
    size_t left[NG_RANK_MAX];
    size_t right[NG_RANK_MAX];
    memcpy(left, index, sizeof left);
    memcpy(right, index, sizeof right);
    for (size_t k = 0; k < a->size[rank - 1]; k++) {
        left[rank - 1] = k;
        right[rank - 2] = node->parameters.transpose_weights ? index[rank - 1] : k;
        right[rank - 1] = node->parameters.transpose_weights ? k : index[rank - 1];
        sum += at(s, node->input[0], left, rank) * at(s, node->input[1], right, rank);
    }
    return sum;
}

static double softmax_at(const state *s, const ng_node *node, const size_t *index, unsigned rank)
{
    size_t other[NG_RANK_MAX];
    double sum = 0;
    memcpy(other, index, sizeof other);
    const double own = at(s, node->input[0], index, rank);
    for (other[rank - 1] = 0; other[rank - 1] < shape_of(s, node->input[0])->size[rank - 1]; other[rank - 1]++) {
        sum += exp(at(s, node->input[0], other, rank) - own);
    }
    return 1 / sum;
}

/* Mean over every input element whose other axes are those of the output's index. */
static double mean_at(const state *s, const ng_node *node, const size_t *index, unsigned out_rank)
{
    const ng_shape *in = shape_of(s, node->input[0]);
    double sum = 0;
    size_t count = 0;
    for (size_t offset = 0; offset < ng_shape_count(in); offset++) {
        size_t here[NG_RANK_MAX];
        bool same = true;
        unsigned axis = 0;
        split_index(in, offset, here);
        for (unsigned i = 0; i < in->rank; i++) {
            const bool reduced = node->operation == NG_OP_GlobalAveragePool ? i >= 2 : node->parameters.reduced[i];
            axis += reduced && out_rank == in->rank;
            if (!reduced) {
                same = same && here[i] == index[axis++];
            }
        }
        sum += same ? s->data[node->input[0]][offset] : 0;
        count += same;
    }
    return sum / (double)count;
}

static double transposed_at(const state *s, const ng_node *node, const size_t *index, unsigned rank)
{
    size_t from[NG_RANK_MAX];
    for (unsigned i = 0; i < rank; i++) {
        from[node->parameters.permutation[i]] = index[i];
    }
    return at(s, node->input[0], from, rank);
}

static double element(const state *s, const ng_node *node, const size_t *index, size_t offset)
{
    const unsigned rank = shape_of(s, node->output)->rank;
    const int a = node->input[0];
    const int b = node->input[1];
    switch (node->operation) {
    case NG_OP_Conv: return conv_at(s, node, index);
    case NG_OP_Gemm:
    case NG_OP_MatMul: return matrix_at(s, node, index, rank);
    case NG_OP_Add: return at(s, a, index, rank) + at(s, b, index, rank);
    case NG_OP_Sub: return at(s, a, index, rank) - at(s, b, index, rank);
    case NG_OP_Mul: return at(s, a, index, rank) * at(s, b, index, rank);
    case NG_OP_Div: return at(s, a, index, rank) / at(s, b, index, rank);
    case NG_OP_Pow: return pow(at(s, a, index, rank), at(s, b, index, rank));
    case NG_OP_Relu: return fmax(at(s, a, index, rank), 0);
    case NG_OP_Sqrt: return sqrt(at(s, a, index, rank));
    case NG_OP_Erf: return erf(at(s, a, index, rank));
    case NG_OP_Softmax: return softmax_at(s, node, index, rank);
    case NG_OP_ReduceMean:
    case NG_OP_GlobalAveragePool: return mean_at(s, node, index, rank);
    case NG_OP_Transpose: return transposed_at(s, node, index, rank);
    case NG_OP_Flatten:
    case NG_OP_Reshape:
    case NG_OP_Identity: return s->data[a][offset];
    case NG_OPERATOR_COUNT: break;
    }
    ck_abort_msg("no such operator");
    return 0;
}

static double *new_numbers(size_t count)
{
    double *numbers = malloc(count * sizeof *numbers);
    ck_assert_ptr_nonnull(numbers);
    return numbers;
}

static void load_constants(const state *s)
{
    for (size_t i = 0; i < s->network->value_count; i++) {
        const ng_value *value = &s->network->values[i];
        const size_t count = ng_shape_count(&value->shape);
        s->data[i] = value->floats != NULL ? new_numbers(count) : NULL;
        for (size_t k = 0; value->floats != NULL && k < count; k++) {
            s->data[i][k] = (double)value->floats[k];
        }
    }
}

void naive_run(const ng_network *network, const double *image, double *scores)
{
    state s = {network, calloc(network->value_count, sizeof *s.data)};
    ck_assert_ptr_nonnull(s.data);
    load_constants(&s);
    const size_t inputs = ng_shape_count(shape_of(&s, network->input));
    s.data[network->input] = new_numbers(inputs);
    memcpy(s.data[network->input], image, inputs * sizeof *image);
    for (size_t i = 0; i < network->node_count; i++) {
        const ng_node *node = &network->nodes[i];
        const ng_shape *out = shape_of(&s, node->output);
        s.data[node->output] = new_numbers(ng_shape_count(out));
        for (size_t offset = 0; offset < ng_shape_count(out); offset++) {
            size_t index[NG_RANK_MAX];
            split_index(out, offset, index);
            s.data[node->output][offset] = element(&s, node, index, offset);
        }
    }
    memcpy(scores, s.data[network->output], ng_shape_count(shape_of(&s, network->output)) * sizeof *scores);
    for (size_t i = 0; i < network->value_count; i++) {
        free(s.data[i]);
    }
    free(s.data);
}
