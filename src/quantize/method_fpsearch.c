/* Among the minifloats e<x>m<y> with 1 + x + y bits as asked for, that with the least squared error at its best scales; the bias of a
 * tensor is the power of two in its scale. Weights and activations apart; of equal ones that with the fewest exponent bits. */
#include <math.h>
#include <stdio.h>

#include "model/format_name.h"
#include "model/unit.h"
#include "src/quantize/method.h"
#include "src/quantize/scale.h"
#include "src/quantize/task.h"

typedef double error_of(const ng_format_task *task, const ng_format *format);

/* Weights: each run of weights that has a scale of its own at the best one. */
static double weight_error(const ng_format_task *task, const ng_format *format)
{
    const bool whole = task->granularity == NG_PER_TENSOR || task->granularity == NG_PER_INPUT;
    const size_t row = whole ? task->channels * task->reduction : task->reduction;
    const size_t run = task->granularity == NG_PER_GROUP && task->group_size < row ? task->group_size : row;
    ng_grid grid;
    double sum = 0;
    ng_grid_init(&grid, format);
    for (size_t from = 0; from < task->channels * task->reduction; from += row) {
        for (size_t k = 0; k < row; k += run) {
            const float *x = task->weights + from + k;
            const size_t count = row - k < run ? row - k : run;
            const float scale = ng_scale_of_kind(&grid, task->scales, x, NULL, count);
            sum += ng_grid_error(&grid, ng_grid_factor(&grid, scale), x, NULL, count);
        }
    }
    return sum;
}

static double input_error(const ng_format_task *task, const ng_format *format)
{
    ng_grid grid;
    ng_grid_init(&grid, format);
    const float scale = ng_scale_of_kind(&grid, task->scales, task->inputs, task->counts, task->bins);
    return ng_grid_error(&grid, ng_grid_factor(&grid, scale), task->inputs, task->counts, task->bins);
}

static void search(const ng_format_task *task, error_of *measure, unsigned most, ng_format *format)
{
    const unsigned magnitude = format->bits - 1U;
    double least = INFINITY;
    for (unsigned exponent = 1; exponent <= most && exponent <= magnitude; exponent++) {
        char name[NG_FORMAT_NAME_SIZE];
        ng_format candidate;
        (void)snprintf(name, sizeof name, "e%um%u", exponent, magnitude - exponent);
        if (ng_format_parse(name, NULL, 0, &candidate, NULL) != NG_PARSE_OK || !ng_format_has_circuits(&candidate)) {
            continue;
        }
        const double error = measure(task, &candidate);
        if (error < least) {
            least = error;
            *format = candidate;
        }
    }
}

bool ng_method_fpsearch(const ng_format_task *task, const ng_method_choice *choice, ng_format *weight, ng_format *activation,
                        ng_error *error)
{
    const unsigned most = (unsigned)ng_choice_value(choice, "exponent");
    if (weight->kind != NG_KIND_MINIFLOAT || activation->kind != NG_KIND_MINIFLOAT) {
        return ng_fail(error, NG_EXIT_USAGE, "fpsearch: %s x %s are not two minifloats", weight->name, activation->name);
    }
    search(task, weight_error, most, weight);
    search(task, input_error, most, activation);
    return true;
}
