/* b' = b - E[y_q - y]: empirical, the means over calibration rows of W_q x_q, the layer as it is quantised behind quantised ones,
 * and of W x in the fp32 network; analytic, E[y_q - y] = (W_q - W) E[x], the mean of the fp32 input. */
#include <stdlib.h>
#include <string.h>

#include "src/quantize/task.h"

/* Means of the columns of rows[count][reduction]. */
static void add_means(const float *rows, size_t count, size_t reduction, double *mean)
{
    memset(mean, 0, reduction * sizeof *mean);
    for (size_t i = 0; i < count * reduction; i++) {
        mean[i % reduction] += (double)rows[i];
    }
    for (size_t k = 0; k < reduction; k++) {
        mean[k] /= (double)count;
    }
}

/* The mean operands of a group; quantised where the prefix is. */
static bool find_means(const ng_layer_task *task, ng_prefix prefix, bool quantise, const uint32_t *order, size_t group, size_t most,
                       double *mean, ng_error *error)
{
    float *rows;
    size_t count;
    if (!ng_task_rows(task, prefix, group, most, &rows, &count, error)) {
        return false;
    }
    const bool fine = !quantise || ng_task_quantise_sorted_rows(task, order, rows, count);
    add_means(rows, count, task->reduction, mean);
    free(rows);
    return fine || ng_fail(error, NG_EXIT_CHECK, "node '%s': an input is not finite", task->name);
}

static double dot(const float *w, const double *mean, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        sum += (double)w[k] * mean[k];
    }
    return sum;
}

typedef struct {
    const ng_layer_task *task;
    bool analytic;
    size_t most;
    const uint32_t *order;
    float *numbers; /* [channels][reduction] of the quantised weights */
    double *means;  /* [2][reduction]: of what quantised weights meet, of what fp32 weights meet */
} correction;

static bool correct_group(const correction *c, size_t group, float *bias, ng_error *error)
{
    const ng_layer_task *task = c->task;
    const size_t channels = task->channels / task->groups;
    double *exact = c->means + task->reduction;
    if (!find_means(task, NG_PREFIX_FP32, false, NULL, group, c->most, exact, error) ||
        (!c->analytic && !find_means(task, NG_PREFIX_QUANTISED, true, c->order, group, c->most, c->means, error))) {
        return false;
    }
    for (size_t channel = group * channels; channel < (group + 1) * channels; channel++) {
        const size_t at = channel * task->reduction;
        const double got = dot(c->numbers + at, c->analytic ? exact : c->means, task->reduction);
        bias[channel] = (float)((double)bias[channel] - (got - dot(task->weights + at, exact, task->reduction)));
    }
    return true;
}

static bool correct(const correction *c, ng_weights *weights, ng_error *error)
{
    const ng_layer_task *task = c->task;
    const size_t size = task->channels * sizeof *weights->bias;
    if (weights->bias == NULL) {
        weights->bias = malloc(size);
        if (weights->bias == NULL) {
            return ng_fail(error, NG_EXIT_MISSING, "no memory for the bias of node '%s'", task->name);
        }
        memcpy(weights->bias, task->bias, size);
    }
    bool fine = true;
    for (size_t group = 0; fine && group < task->groups; group++) {
        fine = correct_group(c, group, weights->bias, error);
    }
    return fine;
}

bool ng_method_biascorr(const ng_layer_task *task, const ng_method_choice *choice, ng_weights *weights, ng_error *error)
{
    correction c = {.task = task, .order = weights->order, .analytic = ng_choice_value(choice, "analytic") > 0,
                    .most = (size_t)ng_choice_value(choice, "rows")};
    c.numbers = malloc(task->channels * task->reduction * sizeof *c.numbers);
    c.means = malloc(2 * task->reduction * sizeof *c.means);
    bool fine = c.numbers != NULL && c.means != NULL;
    fine = fine ? ng_task_numbers(task, weights, c.numbers, error) && correct(&c, weights, error)
                : ng_fail(error, NG_EXIT_MISSING, "no memory for node '%s'", task->name);
    free(c.numbers);
    free(c.means);
    return fine;
}
