/* x' = R x, W' = W R^T with R = H / sqrt(n), H the Hadamard matrix of Sylvester's construction, n the largest power of two that divides
 * the input channels of a group (or `size`): an outlier of one channel is spread over n. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/infer/plan.h"
#include "src/quantize/method.h"

/* Entry (i, k) of H: the parity of the common bits. */
static double entry(size_t i, size_t k)
{
    return __builtin_popcountll(i & k) % 2 == 0 ? 1 : -1;
}

static size_t turn_of(size_t inputs, size_t most)
{
    size_t turn = 1;
    while (inputs % (2 * turn) == 0 && 2 * turn <= most) {
        turn *= 2;
    }
    return turn;
}

/* One run of `turn` weights, in double, rounded once. */
static void rotate_weights(float *w, size_t turn, double unit, double *scratch)
{
    for (size_t i = 0; i < turn; i++) {
        scratch[i] = 0;
        for (size_t k = 0; k < turn; k++) {
            scratch[i] += entry(i, k) * (double)w[k];
        }
    }
    for (size_t i = 0; i < turn; i++) {
        w[i] = (float)(scratch[i] * unit);
    }
}

static bool rotate_layer(ng_layer *layer, size_t most)
{
    const size_t turn = turn_of(layer->window.channels / ng_layer_groups(layer), most);
    const double unit = 1 / sqrt((double)turn);
    double scratch[NG_TURN_MOST];
    if (turn == 1 || layer->rotation != NULL) {
        return true;
    }
    layer->rotation = malloc(turn * turn * sizeof *layer->rotation);
    if (layer->rotation == NULL) {
        return false;
    }
    layer->turn = turn;
    for (size_t i = 0; i < turn * turn; i++) {
        layer->rotation[i] = (float)(entry(i / turn, i % turn) * unit);
    }
    for (size_t i = 0; i < layer->channels * layer->reduction; i += turn) {
        rotate_weights(layer->weights + i, turn, unit, scratch);
    }
    return true;
}

bool ng_method_hadamard(const ng_network_task *task, const ng_method_choice *choice, ng_error *error)
{
    const size_t size = (size_t)ng_choice_value(choice, "size");
    bool fine = true;
    for (size_t i = 0; fine && i < task->plan->layer_count; i++) {
        fine = rotate_layer(&task->plan->layers[i], size != 0 ? size : NG_TURN_MOST);
    }
    return fine || ng_fail(error, NG_EXIT_MISSING, "no memory for the rotations");
}
