/* s_j = max|X_j|^alpha / max|W_j|^(1 - alpha) of input channel j; the input is multiplied by 1 / s_j, the weights by s_j. Layers that
 * read the same tensor share s, so that whatever makes the tensor can take it over. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/infer/plan.h"
#include "src/quantize/method.h"

typedef struct {
    const ng_plan *plan;
    int *tensors;      /* what each layer reads */
    float **inputs;    /* of each layer, [window.channels]: largest magnitudes of the input's channels */
    float **weights;   /* and of the weights that meet them */
} ranges;

static void find_tensors(ranges *r)
{
    for (size_t i = 0; i < r->plan->step_count; i++) {
        const ng_step *step = &r->plan->steps[i];
        if (step->layer != NG_NO_LAYER) {
            r->tensors[step->layer] = step->in[0].tensor;
        }
    }
}

static bool watch_inputs(void *watching, size_t layer, const float *input, const float *output, size_t images, ng_error *error)
{
    const ranges *r = watching;
    const ng_window *w = &r->plan->layers[layer].window;
    float *range = r->inputs[layer];
    (void)output;
    (void)error;
    for (size_t pixel = 0; pixel < images * w->height * w->width; pixel++) {
        for (size_t i = 0; i < w->channels; i++) {
            const float x = fabsf(input[pixel * w->channels + i]);
            range[i] = x > range[i] ? x : range[i];
        }
    }
    return true;
}

static void find_weight_ranges(const ng_layer *layer, float *range)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        const size_t group = i / layer->reduction / ng_layer_group_channels(layer);
        float *r = &range[group * inputs + i % layer->reduction % inputs];
        *r = fabsf(layer->weights[i]) > *r ? fabsf(layer->weights[i]) : *r;
    }
}

/* The largest of all layers that read the tensor of layer `at`. */
static float shared_range(const ranges *r, size_t at, size_t channel)
{
    float largest = 0;
    for (size_t i = 0; i < r->plan->layer_count; i++) {
        const bool same = r->tensors[i] == r->tensors[at] && r->plan->layers[i].window.channels == r->plan->layers[at].window.channels;
        largest = same && r->weights[i][channel] > largest ? r->weights[i][channel] : largest;
    }
    return largest;
}

/* 1 / s; 1 for a channel or weights that are always 0. */
static float factor_of(float input, float weight, double alpha)
{
    const double s = pow((double)input, alpha) / pow((double)weight, 1 - alpha);
    const double factor = 1 / s;
    return input > 0 && weight > 0 && factor > 1e-20 && factor < 1e20 ? (float)factor : 1;
}

static bool smooth(ranges *r, ng_plan *plan, double alpha)
{
    bool fine = true;
    for (size_t i = 0; fine && i < plan->layer_count; i++) {
        for (size_t c = 0; c < plan->layers[i].window.channels; c++) {
            r->inputs[i][c] = factor_of(r->inputs[i][c], shared_range(r, i, c), alpha);
        }
    }
    for (size_t i = 0; fine && i < plan->layer_count; i++) {
        fine = ng_layer_scale_input(&plan->layers[i], r->inputs[i]);
    }
    return fine;
}

static bool allocate(ranges *r)
{
    const size_t layers = r->plan->layer_count;
    r->tensors = calloc(layers, sizeof *r->tensors);
    r->inputs = calloc(layers, sizeof *r->inputs);
    r->weights = calloc(layers, sizeof *r->weights);
    bool fine = r->tensors != NULL && r->inputs != NULL && r->weights != NULL;
    for (size_t i = 0; fine && i < layers; i++) {
        r->inputs[i] = calloc(r->plan->layers[i].window.channels, sizeof **r->inputs);
        r->weights[i] = calloc(r->plan->layers[i].window.channels, sizeof **r->weights);
        fine = r->inputs[i] != NULL && r->weights[i] != NULL;
    }
    return fine;
}

static void release(ranges *r)
{
    for (size_t i = 0; r->inputs != NULL && r->weights != NULL && i < r->plan->layer_count; i++) {
        free(r->inputs[i]);
        free(r->weights[i]);
    }
    free(r->tensors);
    free(r->inputs);
    free(r->weights);
}

static bool run(const ng_network_task *task, ranges *r, double alpha, ng_error *error)
{
    if (!allocate(r)) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the ranges of channels");
    }
    find_tensors(r);
    if (!task->watch(task, watch_inputs, r, error)) {
        return false;
    }
    for (size_t i = 0; i < r->plan->layer_count; i++) {
        find_weight_ranges(&r->plan->layers[i], r->weights[i]);
    }
    return smooth(r, task->plan, alpha) || ng_fail(error, NG_EXIT_MISSING, "no memory for the factors of channels");
}

bool ng_method_smoothquant(const ng_network_task *task, const ng_method_choice *choice, ng_error *error)
{
    ranges r = {.plan = task->plan};
    const bool fine = run(task, &r, ng_choice_value(choice, "alpha"), error);
    release(&r);
    return fine;
}
