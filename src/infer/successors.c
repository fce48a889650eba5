#include "src/infer/successors.h"

#include <math.h>
#include <stdlib.h>

enum { NO_STEP = -1 };

/* The one step that reads a tensor, or NO_STEP if none or several do or the network's result is read from it. */
static int only_reader(const ng_plan *plan, int tensor)
{
    int found = NO_STEP;
    if (plan->output.tensor == tensor) {
        return NO_STEP;
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        for (unsigned k = 0; k < plan->steps[i].inputs; k++) {
            if (plan->steps[i].in[k].tensor == tensor && plan->steps[i].in[k].constant == NULL) {
                if (found != NO_STEP) {
                    return NO_STEP;
                }
                found = (int)i;
            }
        }
    }
    return found;
}

/* True if the step's result scales with its input, channel by channel, channels staying where they are. */
static bool commutes(const ng_step *step)
{
    switch (step->operation) {
    case NG_OP_Relu:
    case NG_OP_LeakyRelu:
    case NG_OP_MaxPool:
    case NG_OP_AveragePool:
    case NG_OP_GlobalAveragePool: return step->channels_last;
    case NG_OP_ReduceMean: {
        const bool *reduced = step->node->parameters.reduced;
        return step->channels_last && !reduced[0] && !reduced[1] && reduced[2] && reduced[3];
    }
    case NG_OP_Clip: return step->channels_last && !(step->node->parameters.number[0] < 0) && !(step->node->parameters.number[0] > 0);
    default: return false;
    }
}

/* Follows the output of a layer's step; fills the pair if it ends at another layer. */
static bool follow(const ng_plan *plan, const ng_step *from, ng_successors *pair)
{
    *pair = (ng_successors){.first = (size_t)from->layer};
    for (int at = only_reader(plan, from->out.tensor); at != NO_STEP; at = only_reader(plan, plan->steps[at].out.tensor)) {
        const ng_step *step = &plan->steps[at];
        if (step->layer != NG_NO_LAYER) {
            pair->second = (size_t)step->layer;
            return plan->layers[pair->second].window.channels == plan->layers[pair->first].channels;
        }
        if (!commutes(step) || (step->operation == NG_OP_Clip && pair->clip_count == NG_SUCCESSOR_CLIPS)) {
            return false;
        }
        if (step->operation == NG_OP_Clip) {
            pair->clips[pair->clip_count++] = (size_t)at;
        }
    }
    return false;
}

size_t ng_successors_find(const ng_plan *plan, ng_successors *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        if (step->layer != NG_NO_LAYER && follow(plan, step, &pairs[count])) {
            count++;
        }
    }
    return count;
}

/* ---- scaling ----------------------------------------------------------------------------------------------------- */

static bool scale_clip(ng_step *step, size_t channels, const float *s)
{
    if (step->most == NULL) {
        step->most = malloc(channels * sizeof *step->most);
        for (size_t i = 0; step->most != NULL && i < channels; i++) {
            step->most[i] = step->node->parameters.number[1];
        }
    }
    for (size_t i = 0; step->most != NULL && i < channels; i++) {
        step->most[i] /= s[i];
    }
    return step->most != NULL;
}

/* The input channel that weight k of an output channel meets. */
static size_t input_of(const ng_layer *layer, size_t channel, size_t k)
{
    const size_t inputs = layer->window.channels / ng_layer_groups(layer);
    return channel / ng_layer_group_channels(layer) * inputs + k % inputs;
}

bool ng_successors_scale(ng_plan *plan, const ng_successors *pair, const float *s)
{
    ng_layer *first = &plan->layers[pair->first];
    ng_layer *second = &plan->layers[pair->second];
    for (unsigned i = 0; i < pair->clip_count; i++) {
        if (!scale_clip(&plan->steps[pair->clips[i]], first->channels, s)) {
            return false;
        }
    }
    for (size_t channel = 0; channel < first->channels; channel++) {
        for (size_t k = 0; k < first->reduction; k++) {
            first->weights[channel * first->reduction + k] /= s[channel];
        }
        first->bias[channel] /= s[channel];
    }
    for (size_t i = 0; i < second->channels * second->reduction; i++) {
        second->weights[i] *= s[input_of(second, i / second->reduction, i % second->reduction)];
    }
    return true;
}
