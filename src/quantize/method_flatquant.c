/* Learned transforms of the inputs of layers without a window (src/quantize/affine.h): the linear layers of a transformer. */
#include <stdlib.h>
#include <string.h>

#include "src/infer/plan.h"
#include "src/quantize/affine.h"
#include "src/quantize/block.h"
#include "src/quantize/method.h"

/* Rows of every layer that is transformed, a random sample of all its inputs. */
typedef struct {
    const ng_network_task *task;
    size_t most;    /* rows of a layer */
    float **rows;   /* [layers]; NULL: not transformed */
    size_t *seen;   /* [layers] */
} sample;

static bool is_served(const ng_network_task *task, const ng_layer *layer)
{
    const ng_window *w = &layer->window;
    const size_t block = task->activation->block;
    return layer->groups <= 1 && w->kernel[0] * w->kernel[1] == 1 && layer->rotation == NULL && w->channels <= NG_TURN_MOST &&
           (block == 0 || w->channels % block == 0);
}

/* splitmix64, as a hash. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Reservoir sampling: row number i replaces one of the sample with probability most / (i + 1). */
static bool collect(void *context, size_t layer, const float *input, const float *output, size_t images, ng_error *error)
{
    sample *s = context;
    const ng_layer *l = &s->task->plan->layers[layer];
    const size_t n = l->window.channels;
    const size_t count = images * l->window.height * l->window.width;
    (void)output;
    (void)error;
    for (size_t row = 0; s->rows[layer] != NULL && row < count; row++) {
        const size_t number = s->seen[layer]++;
        const size_t place = number < s->most ? number : (size_t)(mix(mix(s->task->seed + layer) + number) % (number + 1));
        if (place < s->most) {
            memcpy(s->rows[layer] + place * n, input + row * n, n * sizeof *input);
        }
    }
    return true;
}

static bool allocate(sample *s)
{
    const size_t layers = s->task->plan->layer_count;
    s->rows = calloc(layers, sizeof *s->rows);
    s->seen = calloc(layers, sizeof *s->seen);
    bool fine = s->rows != NULL && s->seen != NULL;
    for (size_t i = 0; fine && i < layers; i++) {
        const ng_layer *layer = &s->task->plan->layers[i];
        if (is_served(s->task, layer)) {
            s->rows[i] = malloc(s->most * layer->window.channels * sizeof *s->rows[i]);
            fine = s->rows[i] != NULL;
        }
    }
    return fine;
}

/* The layer keeps the transform by columns. */
static void transpose(float *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            const float kept = matrix[i * n + k];
            matrix[i * n + k] = matrix[k * n + i];
            matrix[k * n + i] = kept;
        }
    }
}

static bool transform(const ng_affine_options *options, const sample *s, size_t index)
{
    ng_layer *layer = &s->task->plan->layers[index];
    const size_t n = layer->window.channels;
    const size_t count = s->seen[index] < s->most ? s->seen[index] : s->most;
    double error[2];
    if (s->rows[index] == NULL || count == 0) {
        return true;
    }
    float *matrix = malloc(n * n * sizeof *matrix);
    float *folded = malloc(layer->channels * n * sizeof *folded);
    const bool fine = matrix != NULL && folded != NULL &&
                      ng_affine_learn(options, layer->weights, layer->channels, s->rows[index], count, n, matrix, folded, error);
    if (fine) {
        memcpy(layer->weights, folded, layer->channels * n * sizeof *folded);
        transpose(matrix, n);
        layer->rotation = matrix;
        layer->turn = n;
        matrix = NULL;
    }
    free(matrix);
    free(folded);
    return fine;
}

bool ng_method_flatquant(const ng_network_task *task, const ng_method_choice *choice, ng_error *error)
{
    sample s = {.task = task, .most = (size_t)ng_choice_value(choice, "samples")};
    const ng_affine_options options = {
        .weight = task->weight,
        .activation = task->activation,
        .rule = task->weight->block != 0 ? ng_block_rule_default(task->weight)->rule : NG_RULE_CEIL,
        .steps = (unsigned)ng_choice_value(choice, "steps"),
        .rate = ng_choice_value(choice, "rate"),
        .hadamard = ng_choice_value(choice, "hadamard") > 0,
    };
    bool fine = allocate(&s) || ng_fail(error, NG_EXIT_MISSING, "no memory for the inputs of the layers");
    fine = fine && task->watch(task, collect, &s, error);
    for (size_t i = 0; fine && i < task->plan->layer_count; i++) {
        fine = transform(&options, &s, i) || ng_fail(error, NG_EXIT_MISSING, "no memory for a transform");
    }
    for (size_t i = 0; s.rows != NULL && i < task->plan->layer_count; i++) {
        free(s.rows[i]);
    }
    free(s.rows);
    free(s.seen);
    return fine;
}
