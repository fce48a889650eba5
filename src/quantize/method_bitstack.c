#include <math.h>
#include <stdlib.h>

#include "src/quantize/bitstack.h"
#include "src/quantize/codec.h"

/* The root mean square of each input over all groups, over the largest of them: factors have room for the ratios. */
static bool input_sizes(const ng_layer_task *task, float **input, ng_error *error)
{
    float largest = 0;
    if (!ng_codec_importance(task, input, error)) {
        return false;
    }
    for (size_t k = 0; k < task->reduction; k++) {
        double sum = 0;
        for (size_t group = 0; group < task->groups; group++) {
            sum += (double)(*input)[group * task->reduction + k];
        }
        (*input)[k] = (float)sqrt(sum);
        largest = fmaxf(largest, (*input)[k]);
    }
    for (size_t k = 0; k < task->reduction; k++) {
        (*input)[k] /= largest;
    }
    return true;
}

bool ng_method_bitstack(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    const ng_stack stack = {.planes = (unsigned)ng_choice_value(choice, "planes"), .rank = (size_t)ng_choice_value(choice, "rank"),
                            .factor = task->weight};
    const bool scaled = ng_choice_value(choice, "weighted") > 0;
    float *input = NULL;
    if (!ng_codec_whole(choice, error)) {
        return false;
    }
    if (task->weight->kind != NG_KIND_MINIFLOAT || task->weight->bits != 16) {
        return ng_fail(error, NG_EXIT_USAGE, "method 'bitstack' stores its factors in fp16 or bf16, not in %s", task->weight->name);
    }
    if (scaled && !input_sizes(task, &input, error)) {
        return false;
    }
    bool fine = ng_codec_plain(task, task->weights, ng_bitstack_bits(&stack, scaled, task->channels, task->reduction), weights, error);
    if (fine && !ng_bitstack_fit(&stack, task->weights, input, task->channels, task->reduction, weights->numbers, NULL)) {
        ng_weights_free(weights);
        fine = ng_fail(error, NG_EXIT_MISSING, "node '%s': no memory for the singular values, or they are not found", task->name);
    }
    free(input);
    return fine;
}
