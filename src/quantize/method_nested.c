#include <math.h>

#include "src/quantize/codec.h"
#include "src/quantize/nested_weights.h"

/* The value of a slice of `bits` bits as the datapath has it: two's complement. */
static double slice_value(uint32_t slice, unsigned bits)
{
    const int sign = 1 << (bits - 1);
    return (double)(((int)slice ^ sign) - sign);
}

static void fill_channel(const ng_layer_task *task, ng_nested_rule rule, unsigned tuned, size_t channel, ng_weights *weights)
{
    const unsigned bits = task->weight->bits;
    const unsigned left_out = NG_NESTED_BITS - bits;
    const float *w = task->weights + channel * task->reduction;
    double *values = weights->values + channel * task->reduction;
    const float scale = ng_nested_scale(w, task->reduction, tuned, rule);
    for (size_t k = 0; k < task->reduction; k++) {
        values[k] = slice_value(ng_nested_slice(ng_nested_store(w[k], scale), bits, rule), bits);
    }
    *ng_weights_scale(weights, 0, channel, 0) = ldexpf(scale, (int)left_out);
    if (weights->planes == 2) {
        double *ones = values + task->channels * task->reduction;
        for (size_t k = 0; k < task->reduction; k++) {
            ones[k] = 1;
        }
        *ng_weights_scale(weights, 1, channel, 0) = scale * ((float)((1U << left_out) - 1) / 2);
    }
}

bool ng_method_nested(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_nested_rule rule = (ng_nested_rule)ng_choice_value(choice, "rule");
    const unsigned tuned = (unsigned)ng_choice_value(choice, "tuned");
    const ng_format *format = task->weight;
    if (!ng_codec_whole(choice, error) || !ng_codec_fits(task, "nested", error)) {
        return false;
    }
    if (format->kind != NG_KIND_INTEGER || format->bits > NG_NESTED_BITS || format->bias != 0 || format->sign != NG_SIGN_SIGNED) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'nested' serves int2 to int8, not %s", format->name);
    }
    const size_t planes = rule == NG_NESTED_CENTRE && format->bits < NG_NESTED_BITS ? 2 : 1;
    if (!ng_weights_allocate(weights, planes, task->channels, task->reduction, task->reduction)) {
        return ng_codec_no_memory(task, error);
    }
    for (size_t channel = 0; channel < task->channels; channel++) {
        fill_channel(task, rule, tuned, channel, weights);
    }
    weights->bits = (unsigned long long)task->channels * (task->reduction * NG_NESTED_BITS + NG_CODEC_SCALE_BITS);
    return true;
}
