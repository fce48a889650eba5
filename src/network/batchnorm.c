#include "src/network/batchnorm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCALE = 1, OFFSET = 2, MEAN = 3, VARIANCE = 4 };

typedef struct {
    ng_network *network;
    unsigned *readers; /* of each value */
    int *makers;       /* the node that computes a value, or -1 */
    ng_error *error;
} folder;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for a batch normalisation");
}

static const float *numbers(const folder *f, const ng_node *norm, unsigned input)
{
    return f->network->values[norm->input[input]].floats;
}

static double factor_of(const folder *f, const ng_node *norm, size_t channel)
{
    const double variance = (double)numbers(f, norm, VARIANCE)[channel] + (double)norm->parameters.number[0];
    return (double)numbers(f, norm, SCALE)[channel] / sqrt(variance);
}

/* A new constant of `count` numbers, filled by the caller; its index, or NG_NO_VALUE without memory. */
static int new_constant(const folder *f, const char *label, size_t count)
{
    ng_value *value = &f->network->values[f->network->value_count];
    *value = (ng_value){.shape = {1, {count}}, .floats = malloc(count * sizeof(float))};
    memcpy(value->label, label, sizeof value->label);
    return value->floats != NULL ? (int)f->network->value_count++ : NG_NO_VALUE;
}

/* ---- as a node of its own -------------------------------------------------------------------------------------- */

static bool keep(const folder *f, ng_node *norm)
{
    const size_t channels = f->network->values[norm->output].shape.size[1];
    const int factors = new_constant(f, norm->label, channels);
    const int offsets = factors != NG_NO_VALUE ? new_constant(f, norm->label, channels) : NG_NO_VALUE;
    if (offsets == NG_NO_VALUE) {
        return no_memory(f->error);
    }
    for (size_t i = 0; i < channels; i++) {
        const double factor = factor_of(f, norm, i);
        f->network->values[factors].floats[i] = (float)factor;
        f->network->values[offsets].floats[i] =
            (float)((double)numbers(f, norm, OFFSET)[i] - (double)numbers(f, norm, MEAN)[i] * factor);
    }
    norm->input[1] = factors;
    norm->input[2] = offsets;
    norm->inputs = 3;
    return true;
}

/* ---- as part of a convolution ---------------------------------------------------------------------------------- */

/* The convolution's own copy of an operand: the constant itself if nobody else reads it. */
static float *own(const folder *f, ng_node *conv, unsigned input)
{
    const ng_value *value = &f->network->values[conv->input[input]];
    if (f->readers[conv->input[input]] == 1) {
        return value->floats;
    }
    const int made = new_constant(f, value->label, ng_shape_count(&value->shape));
    if (made == NG_NO_VALUE) {
        return NULL;
    }
    f->network->values[made].shape = value->shape;
    memcpy(f->network->values[made].floats, value->floats, ng_shape_count(&value->shape) * sizeof(float));
    f->readers[conv->input[input]]--;
    conv->input[input] = made;
    return f->network->values[made].floats;
}

/* A convolution without a bias gets one of zeros. */
static bool add_bias(const folder *f, ng_node *conv)
{
    if (conv->inputs == 3 && conv->input[2] != NG_NO_VALUE) {
        return true;
    }
    const size_t channels = f->network->values[conv->output].shape.size[1];
    const int bias = new_constant(f, conv->label, channels);
    if (bias == NG_NO_VALUE) {
        return false;
    }
    memset(f->network->values[bias].floats, 0, channels * sizeof(float));
    f->readers[bias] = 1;
    conv->input[2] = bias; /* every node has room for three */
    conv->inputs = 3;
    return true;
}

static bool merge(const folder *f, ng_node *conv, const ng_node *norm)
{
    const ng_shape *shape = &f->network->values[conv->input[1]].shape;
    const size_t channels = shape->size[0];
    const size_t each = ng_shape_count(shape) / channels;
    float *weights = own(f, conv, 1);
    float *bias = weights != NULL && add_bias(f, conv) ? own(f, conv, 2) : NULL;
    if (bias == NULL) {
        return no_memory(f->error);
    }
    for (size_t channel = 0; channel < channels; channel++) {
        const double factor = factor_of(f, norm, channel);
        const double shifted = (double)bias[channel] - (double)numbers(f, norm, MEAN)[channel];
        bias[channel] = (float)(shifted * factor + (double)numbers(f, norm, OFFSET)[channel]);
        for (size_t i = 0; i < each; i++) {
            weights[channel * each + i] = (float)((double)weights[channel * each + i] * factor);
        }
    }
    conv->output = norm->output;
    return true;
}

/* ---- all of them ----------------------------------------------------------------------------------------------- */

static bool allocate(folder *f)
{
    const ng_network *network = f->network;
    const size_t values = network->value_count + NG_BATCHNORM_VALUES * network->node_count;
    f->readers = calloc(values + 1, sizeof *f->readers);
    f->makers = malloc((values + 1) * sizeof *f->makers);
    return f->readers != NULL && f->makers != NULL;
}

static void find_uses(folder *f)
{
    const ng_network *network = f->network;
    for (size_t i = 0; i < network->value_count; i++) {
        f->makers[i] = -1;
    }
    for (size_t i = 0; i < network->node_count; i++) {
        const ng_node *node = &network->nodes[i];
        f->makers[node->output] = (int)i;
        for (unsigned k = 0; k < node->inputs; k++) {
            if (node->input[k] != NG_NO_VALUE) {
                f->readers[node->input[k]]++;
            }
        }
    }
    f->readers[network->output]++;
}

/* The convolution whose result only this node reads, or NULL. */
static ng_node *convolution_before(const folder *f, const ng_node *norm)
{
    const int maker = f->makers[norm->input[0]];
    ng_node *node = maker >= 0 ? &f->network->nodes[maker] : NULL;
    return node != NULL && node->operation == NG_OP_Conv && f->readers[norm->input[0]] == 1 ? node : NULL;
}

static bool fold_all(const folder *f)
{
    ng_network *network = f->network;
    size_t kept = 0;
    for (size_t i = 0; i < network->node_count; i++) {
        ng_node *node = &network->nodes[i];
        const bool norm = node->operation == NG_OP_BatchNormalization;
        ng_node *conv = norm ? convolution_before(f, node) : NULL;
        if (conv != NULL ? !merge(f, conv, node) : norm && !keep(f, node)) {
            return false;
        }
        if (conv == NULL) {
            network->nodes[kept] = *node;
            f->makers[node->output] = (int)kept++;
        } else {
            f->makers[node->output] = f->makers[node->input[0]]; /* another normalisation may follow */
        }
    }
    network->node_count = kept;
    return true;
}

bool ng_batchnorm_fold(ng_network *network, ng_error *error)
{
    folder f = {.network = network, .error = error};
    bool fine = allocate(&f) || no_memory(error);
    if (fine) {
        find_uses(&f);
        fine = fold_all(&f);
    }
    free(f.readers);
    free(f.makers);
    return fine;
}
