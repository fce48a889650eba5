/* s_c = sqrt(r1_c / r2_c), r1_c the largest magnitude of output channel c's weights in the first layer of a pair, r2_c that of input
 * channel c's in the second; W1_c / s_c, b1_c / s_c, W2_c * s_c: both ranges become sqrt(r1_c * r2_c). Over all pairs, in rounds. */
#include <math.h>
#include <stdlib.h>

#include "src/infer/successors.h"
#include "src/quantize/method.h"

/* Factors stay within these powers of two, so that weights near 0 do not blow up their partners. */
enum { FACTOR_EXPONENT_MOST = 16 };

static void output_ranges(const ng_layer *layer, float *range)
{
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        float *r = &range[i / layer->reduction];
        *r = fabsf(layer->weights[i]) > *r ? fabsf(layer->weights[i]) : *r;
    }
}

static void input_ranges(const ng_layer *layer, float *range)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    for (size_t i = 0; i < layer->channels * layer->reduction; i++) {
        const size_t group = i / layer->reduction / ng_layer_group_channels(layer);
        float *r = &range[group * inputs + i % layer->reduction % inputs];
        *r = fabsf(layer->weights[i]) > *r ? fabsf(layer->weights[i]) : *r;
    }
}

static float factor_of(float first, float second)
{
    if (!(first > 0) || !(second > 0)) {
        return 1;
    }
    const float most = (float)(1 << FACTOR_EXPONENT_MOST);
    const float s = (float)sqrt((double)first / (double)second);
    return s > most ? most : s < 1 / most ? 1 / most : s;
}

static bool equalize_pair(ng_plan *plan, const ng_successors *pair)
{
    const size_t channels = plan->layers[pair->first].channels;
    float *s = calloc(2 * channels, sizeof *s);
    if (s == NULL) {
        return false;
    }
    output_ranges(&plan->layers[pair->first], s);
    input_ranges(&plan->layers[pair->second], s + channels);
    for (size_t i = 0; i < channels; i++) {
        s[i] = factor_of(s[i], s[channels + i]);
    }
    const bool fine = ng_successors_scale(plan, pair, s);
    free(s);
    return fine;
}

bool ng_method_equalize(const ng_network_task *task, const ng_method_choice *choice, ng_error *error)
{
    const unsigned rounds = (unsigned)ng_choice_value(choice, "rounds");
    ng_successors *pairs = malloc(task->plan->layer_count * sizeof *pairs);
    bool fine = pairs != NULL;
    const size_t count = fine ? ng_successors_find(task->plan, pairs) : 0;
    for (size_t i = 0; fine && i < rounds * count; i++) {
        fine = equalize_pair(task->plan, &pairs[i % count]);
    }
    free(pairs);
    return fine || ng_fail(error, NG_EXIT_MISSING, "no memory for equalisation");
}
