#include "src/infer/integer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/vectorise.h"
#include "src/infer/run.h"

enum { SHIFT_MOST = 62 };

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the network in integers");
}

/* gcc shifts arithmetically. */
NG_INLINE int64_t dyadic(int64_t z, int64_t m, int64_t e)
{
    const int64_t product = z * m;
    const int64_t down = product >> e;
    const int64_t rest = product - down * (INT64_C(1) << e);
    const int64_t half = INT64_C(1) << (e - 1);
    return down + ((rest > half) | ((rest == half) & (down & 1)));
}

NG_INLINE int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    value = value < low ? low : value;
    return value > high ? high : value;
}

int64_t ng_dyadic(int64_t z, ng_multiplier scale)
{
    return dyadic(z, scale.multiplier, scale.shift);
}

/* Multipliers of scales below 2^-31 have no bits that reach an integer of 31 bits; beyond 2^30 none is of use. */
static ng_multiplier multiplier_of(double scale)
{
    ng_multiplier m = ng_multiplier_from_double(scale);
    if (m.shift > SHIFT_MOST) {
        m = (ng_multiplier){0, 1};
    }
    if (m.shift < 1) {
        m = (ng_multiplier){UINT32_C(1) << 31, 1};
    }
    return m;
}

/* ---- which tensor holds what ------------------------------------------------------------------------------------- */

static const ng_step *only_reader(const ng_plan *plan, int tensor)
{
    const ng_step *reader = NULL;
    for (size_t i = 0; i < plan->step_count; i++) {
        for (unsigned k = 0; k < plan->steps[i].inputs; k++) {
            if (plan->steps[i].in[k].constant == NULL && plan->steps[i].in[k].tensor == tensor) {
                if (reader != NULL && reader != &plan->steps[i]) {
                    return NULL;
                }
                reader = &plan->steps[i];
            }
        }
    }
    return tensor == plan->output.tensor ? NULL : reader;
}

static bool keeps_scale(ng_operator operation)
{
    return operation == NG_OP_Relu || operation == NG_OP_Clip || operation == NG_OP_MaxPool || operation == NG_OP_Transpose;
}

static bool is_served(const ng_step *step)
{
    return step->layer != NG_NO_LAYER || keeps_scale(step->operation) || step->operation == NG_OP_Add ||
           step->operation == NG_OP_GlobalAveragePool;
}

/* Tensors behind steps that keep the scale have that of the last one, whose range is the one that counts. */
static int last_of_chain(const ng_plan *plan, int tensor)
{
    const ng_step *reader = only_reader(plan, tensor);
    while (reader != NULL && keeps_scale(reader->operation)) {
        tensor = reader->out.tensor;
        reader = only_reader(plan, tensor);
    }
    return tensor;
}

static bool is_operand(const ng_step *step, int tensor)
{
    return step->operation == NG_OP_Add && step->in[0].tensor == tensor && step->in[1].tensor != tensor;
}

/* A layer's sums wait for an add that alone reads them. */
static bool waits(const ng_plan *plan, const ng_step *step)
{
    const ng_step *reader = only_reader(plan, step->out.tensor);
    return step->layer != NG_NO_LAYER && reader != NULL && reader->operation == NG_OP_Add && reader->in[0].tensor != reader->in[1].tensor &&
           (is_operand(reader, step->out.tensor) || reader->in[1].tensor == step->out.tensor);
}

static bool check_step(const ng_step *step, ng_error *error)
{
    if (!is_served(step)) {
        return ng_fail(error, NG_EXIT_USAGE, "node '%s': not an operator of integer-only inference (Conv, Gemm, MatMul with constants, "
                                             "Add, Relu, Clip, MaxPool, GlobalAveragePool)", step->node->label);
    }
    for (unsigned i = 0; step->operation == NG_OP_Add && step->layer == NG_NO_LAYER && i < 2; i++) {
        if (step->in[i].constant != NULL || ng_shape_count(&step->in[i].shape) != ng_shape_count(&step->out.shape)) {
            return ng_fail(error, NG_EXIT_USAGE, "node '%s': integer-only inference adds tensors of one shape", step->node->label);
        }
    }
    return step->most == NULL || ng_fail(error, NG_EXIT_USAGE, "node '%s': a Clip with a limit of each channel", step->node->label);
}

static bool place_scales(ng_integer *integer, const ng_tensor_ranges *ranges, ng_error *error)
{
    const ng_plan *plan = integer->plan;
    const int in = plan->input.tensor;
    for (size_t i = 0; i < plan->tensor_count; i++) {
        integer->maker[i] = NG_NO_LAYER;
    }
    integer->scale[in] = (double)ranges->scale[last_of_chain(plan, in)];
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        const int out = step->out.tensor;
        if (!check_step(step, error)) {
            return false;
        }
        if (waits(plan, step)) {
            integer->maker[out] = step->layer;
        } else if (step->layer == NG_NO_LAYER && keeps_scale(step->operation)) {
            integer->scale[out] = integer->scale[step->in[0].tensor];
        } else {
            integer->scale[out] = (double)ranges->scale[last_of_chain(plan, out)];
        }
    }
    const int last = plan->output.tensor;
    integer->score_scale = fmax((double)ranges->largest[last], 1e-30) / (ldexp(1, NG_SCORE_BITS - 1) - 1);
    integer->scale[last] = integer->score_scale;
    return true;
}

/* ---- layers ------------------------------------------------------------------------------------------------------ */

static bool check_formats(const ng_plan *plan, const ng_recipe *recipe, ng_error *error)
{
    const ng_layer_recipe *first = &recipe->layers[0];
    for (size_t i = 0; i < plan->layer_count; i++) {
        const ng_layer_recipe *own = &recipe->layers[i];
        const ng_weights *weights = own->weights;
        if (own->weight == NULL || own->weight->kind != NG_KIND_INTEGER || own->weight->block != 0 || own->weight->bias != 0 ||
            own->activation->kind != NG_KIND_INTEGER || own->activation->bias != 0 ||
            !ng_format_same(own->activation, first->activation)) {
            return ng_fail(error, NG_EXIT_USAGE, "node '%s': integer-only inference takes integers, the same for all activations",
                           plan->layers[i].node->label);
        }
        if (ng_layer_changes_input(&plan->layers[i]) ||
            (weights != NULL && weights->values != NULL && (weights->planes * weights->slices != 1 || weights->rank != 0)) ||
            (weights != NULL && weights->values == NULL && weights->numbers != NULL)) {
            return ng_fail(error, NG_EXIT_USAGE, "node '%s': integer-only inference takes weights of one scale a channel, and inputs as "
                                                 "they are", plan->layers[i].node->label);
        }
    }
    return true;
}

/* Values of a layer's weights and S_c, B of its sums. */
static bool fill_layer(ng_integer *integer, size_t index, const ng_layer_recipe *own, double input_scale)
{
    const ng_layer *layer = &integer->plan->layers[index];
    ng_weights *weights = &integer->weights[index];
    ng_grid grid;
    ng_grid_init(&grid, own->weight);
    const bool given = own->weights != NULL && own->weights->values != NULL;
    integer->channel_scale[index] = malloc(layer->channels * sizeof(double));
    integer->bias[index] = malloc(layer->channels * sizeof(double));
    if (integer->channel_scale[index] == NULL || integer->bias[index] == NULL ||
        !(given ? ng_weights_allocate(weights, 1, layer->channels, layer->reduction, layer->reduction)
                : ng_weights_init(weights, &grid, layer->weights, layer->channels, layer->reduction))) {
        return false;
    }
    if (given) {
        memcpy(weights->values, own->weights->values, layer->channels * layer->reduction * sizeof *weights->values);
        memcpy(weights->scales, own->weights->scales, layer->channels * sizeof *weights->scales);
    }
    const float *bias = own->weights != NULL && own->weights->bias != NULL ? own->weights->bias : layer->bias;
    weights->bias = calloc(layer->channels, sizeof *weights->bias);
    for (size_t c = 0; weights->bias != NULL && c < layer->channels; c++) {
        integer->channel_scale[index][c] = input_scale * (double)weights->scales[c];
        const double sum = rint((double)bias[c] / integer->channel_scale[index][c]);
        integer->bias[index][c] = fmin(fmax(sum, -NG_SUM_LIMIT), NG_SUM_LIMIT); /* at which every run ends */
        weights->scales[c] = 1; /* the engine's outputs are to be the sums themselves */
    }
    integer->recipes[index] = (ng_layer_recipe){.weight = own->weight, .activation = own->activation, .scale = 1, .weights = weights};
    return weights->bias != NULL;
}

static bool fill_layers(ng_integer *integer, const ng_recipe *recipe, ng_error *error)
{
    const ng_plan *plan = integer->plan;
    for (size_t i = 0; i < plan->step_count; i++) {
        const ng_step *step = &plan->steps[i];
        if (step->layer != NG_NO_LAYER &&
            !fill_layer(integer, (size_t)step->layer, &recipe->layers[step->layer], integer->scale[step->in[0].tensor])) {
            return no_memory(error);
        }
    }
    if (!ng_engine_init(&integer->sums, plan, &(ng_recipe){.layers = integer->recipes}, error)) {
        return false;
    }
    integer->sums.integer = integer;
    return true;
}

/* ---- multipliers ------------------------------------------------------------------------------------------------- */

/* Numbers in a tensor that share a multiplier: every so many-th. */
static size_t period_of(const ng_integer *integer, int tensor)
{
    const int maker = integer->maker[tensor];
    return maker == NG_NO_LAYER ? 1 : integer->plan->layers[maker].channels;
}

static bool allocate_dyadics(ng_dyadics *d, size_t count)
{
    *d = (ng_dyadics){count, malloc(2 * count * sizeof *d->m), NULL};
    d->e = d->m != NULL ? d->m + count : NULL;
    return d->m != NULL;
}

static void set_dyadic(ng_dyadics *d, size_t index, double scale)
{
    const ng_multiplier m = multiplier_of(scale);
    d->m[index] = m.multiplier;
    d->e[index] = m.shift;
}

/* From what a tensor holds to numbers of scale `wanted`. */
static bool fill_ratio(const ng_integer *integer, int tensor, double wanted, ng_dyadics *d)
{
    const int maker = integer->maker[tensor];
    const size_t count = period_of(integer, tensor);
    if (!allocate_dyadics(d, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        set_dyadic(d, i, (maker == NG_NO_LAYER ? integer->scale[tensor] : integer->channel_scale[maker][i]) / wanted);
    }
    return true;
}

static bool fill_layer_step(ng_integer *integer, const ng_step *step, ng_dyadics *d)
{
    const size_t channels = integer->plan->layers[step->layer].channels;
    const double wanted = integer->scale[step->out.tensor];
    if (!allocate_dyadics(d, channels)) {
        return false;
    }
    for (size_t c = 0; c < channels; c++) {
        set_dyadic(d, c, wanted > 0 ? integer->channel_scale[step->layer][c] / wanted : 1);
    }
    return true;
}

static bool fill_step(ng_integer *integer, size_t index)
{
    const ng_step *step = &integer->plan->steps[index];
    const double wanted = integer->scale[step->out.tensor];
    ng_dyadics *d = &integer->multipliers[2 * index];
    if (step->layer != NG_NO_LAYER) {
        return fill_layer_step(integer, step, d);
    }
    if (step->operation == NG_OP_Add) {
        return fill_ratio(integer, step->in[0].tensor, wanted, &d[0]) && fill_ratio(integer, step->in[1].tensor, wanted, &d[1]);
    }
    if (step->operation == NG_OP_GlobalAveragePool) {
        const double count = (double)ng_shape_count(&step->in[0].shape) / (double)ng_shape_count(&step->out.shape);
        return fill_ratio(integer, step->in[0].tensor, wanted * count, &d[0]);
    }
    return true;
}

static bool allocate(ng_integer *integer, const ng_plan *plan)
{
    const size_t layers = plan->layer_count;
    *integer = (ng_integer){.plan = plan};
    integer->scale = calloc(plan->tensor_count, sizeof *integer->scale);
    integer->maker = calloc(plan->tensor_count, sizeof *integer->maker);
    integer->recipes = calloc(layers, sizeof *integer->recipes);
    integer->weights = calloc(layers, sizeof *integer->weights);
    integer->channel_scale = calloc(layers, sizeof *integer->channel_scale);
    integer->bias = calloc(layers, sizeof *integer->bias);
    integer->multipliers = calloc(2 * plan->step_count, sizeof *integer->multipliers);
    return integer->scale != NULL && integer->maker != NULL && integer->recipes != NULL && integer->weights != NULL &&
           integer->channel_scale != NULL && integer->bias != NULL && integer->multipliers != NULL;
}

bool ng_integer_init(ng_integer *integer, const ng_plan *plan, const ng_recipe *recipe, const ng_tensor_ranges *ranges, ng_error *error)
{
    bool fine = (allocate(integer, plan) || no_memory(error)) && check_formats(plan, recipe, error) &&
                place_scales(integer, ranges, error) && fill_layers(integer, recipe, error);
    for (size_t i = 0; fine && i < plan->step_count; i++) {
        fine = fill_step(integer, i) || no_memory(error);
    }
    if (!fine) {
        ng_integer_free(integer);
        return false;
    }
    const ng_format *format = recipe->layers[0].activation;
    integer->rule = (ng_requantise_rule){.rounding = NG_ROUND_NEAREST_EVEN,
                                         .low = (int64_t)ng_decode_double(format, ng_format_smallest(format)),
                                         .high = (int64_t)ng_decode_double(format, ng_format_largest(format))};
    return true;
}

void ng_integer_free(ng_integer *integer)
{
    const ng_plan *plan = integer->plan;
    ng_engine_free(&integer->sums);
    for (size_t i = 0; plan != NULL && i < plan->layer_count; i++) {
        if (integer->weights != NULL) {
            ng_weights_free(&integer->weights[i]);
        }
        free(integer->channel_scale != NULL ? integer->channel_scale[i] : NULL);
        free(integer->bias != NULL ? integer->bias[i] : NULL);
    }
    for (size_t i = 0; plan != NULL && integer->multipliers != NULL && i < 2 * plan->step_count; i++) {
        free(integer->multipliers[i].m);
    }
    free(integer->scale);
    free(integer->maker);
    free(integer->recipes);
    free(integer->weights);
    free(integer->channel_scale);
    free(integer->bias);
    free(integer->multipliers);
    *integer = (ng_integer){.plan = NULL};
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* One batch. */
typedef struct {
    const ng_integer *integer;
    ng_workspace *workspace;
    size_t images;
    ng_error *error;
} run;

static float *tensor_data(const run *r, int tensor)
{
    return r->workspace->slots[r->integer->plan->tensors[tensor].slot];
}

/* The limits of a step's output: the activations' format, or the scores. */
static ng_requantise_rule limits_of(const ng_integer *integer, int tensor)
{
    ng_requantise_rule rule = integer->rule;
    if (tensor == integer->plan->output.tensor) {
        rule.high = (1 << (NG_SCORE_BITS - 1)) - 1;
        rule.low = -rule.high - 1;
    }
    return rule;
}

/* The image as integers: the one place where a number is divided by its scale. */
static bool quantise_input(const run *r, const float *input)
{
    const ng_plan *plan = r->integer->plan;
    const size_t count = r->images * ng_shape_count(&plan->input.shape);
    float *out = tensor_data(r, plan->input.tensor);
    for (size_t i = 0; i < count; i++) {
        const double value = rint((double)input[i] / r->integer->scale[plan->input.tensor]);
        if (isnan(value)) {
            return ng_fail(r->error, NG_EXIT_CHECK, "an input of the network is NaN");
        }
        out[i] = (float)fmin(fmax(value, (double)r->integer->rule.low), (double)r->integer->rule.high);
    }
    return true;
}

/* Rows of sums of all channels: the biases are added, and unless they are kept as sums they are requantised. Returns whether every
 * sum stayed below the limit. */
NG_VECTORISED static bool finish_rows(float *x, size_t rows, size_t channels, const double *bias, const ng_dyadics *d, bool kept,
                                      const ng_requantise_rule *rule)
{
    const int64_t low = rule->low;
    const int64_t high = rule->high;
    int64_t beyond = 0;
    for (size_t row = 0; row < rows; row++, x += channels) {
        for (size_t c = 0; c < channels; c++) {
            const int64_t plain = (int64_t)x[c];
            const int64_t sum = plain + (int64_t)bias[c];
            beyond |= (plain >= NG_SUM_LIMIT) | (plain <= -NG_SUM_LIMIT) | (sum >= NG_SUM_LIMIT) | (sum <= -NG_SUM_LIMIT);
            x[c] = (float)(kept ? sum : clamp(dyadic(sum, d->m[c], d->e[c]), low, high));
        }
    }
    return beyond == 0;
}

static bool run_layer(const run *r, size_t index)
{
    const ng_integer *integer = r->integer;
    const ng_step *step = &integer->plan->steps[index];
    const ng_layer *layer = &integer->plan->layers[step->layer];
    const bool kept = integer->maker[step->out.tensor] != NG_NO_LAYER;
    const ng_requantise_rule rule = limits_of(integer, step->out.tensor);
    float *out = tensor_data(r, step->out.tensor);
    if (!ng_product_run(&integer->sums.products[step->layer], tensor_data(r, step->in[0].tensor), r->images, false,
                        r->workspace->scratch, out, r->error)) {
        return false;
    }
    return finish_rows(out, r->images * layer->positions, layer->channels, integer->bias[step->layer],
                       &integer->multipliers[2 * index], kept, &rule) ||
           ng_fail(r->error, NG_EXIT_CHECK, "node '%s': a sum needs more than 24 bits", layer->node->label);
}

/* `count` numbers, of which `period` have multipliers of their own on either side. */
NG_VECTORISED static void add_rows(const float *a, const float *b, size_t count, size_t period, const ng_dyadics *first,
                                   const ng_dyadics *second, const ng_requantise_rule *rule, float *out)
{
    for (size_t at = 0; at < count; at += period) {
        for (size_t c = 0; c < period; c++) {
            const size_t i = first->count > 1 ? c : 0;
            const size_t j = second->count > 1 ? c : 0;
            const int64_t sum = dyadic((int64_t)a[at + c], first->m[i], first->e[i]) +
                                dyadic((int64_t)b[at + c], second->m[j], second->e[j]);
            out[at + c] = (float)clamp(sum, rule->low, rule->high);
        }
    }
}

static void run_add(const run *r, size_t index)
{
    const ng_step *step = &r->integer->plan->steps[index];
    const ng_dyadics *d = &r->integer->multipliers[2 * index];
    const size_t period = d[0].count > d[1].count ? d[0].count : d[1].count;
    const ng_requantise_rule rule = limits_of(r->integer, step->out.tensor);
    add_rows(tensor_data(r, step->in[0].tensor), tensor_data(r, step->in[1].tensor), r->images * ng_shape_count(&step->out.shape),
             period, &d[0], &d[1], &rule, tensor_data(r, step->out.tensor));
}

/* Over a feature map of [rows][columns][channels]. */
static void run_average(const run *r, size_t index)
{
    const ng_step *step = &r->integer->plan->steps[index];
    const size_t channels = ng_shape_count(&step->out.shape);
    const size_t pixels = ng_shape_count(&step->in[0].shape) / channels;
    const ng_requantise_rule rule = limits_of(r->integer, step->out.tensor);
    const ng_dyadics *d = &r->integer->multipliers[2 * index];
    const float *x = tensor_data(r, step->in[0].tensor);
    float *out = tensor_data(r, step->out.tensor);
    for (size_t i = 0; i < r->images * channels; i++) {
        int64_t sum = 0;
        for (size_t pixel = 0; pixel < pixels; pixel++) {
            sum += (int64_t)x[(i / channels * pixels + pixel) * channels + i % channels];
        }
        out[i] = (float)clamp(dyadic(sum, d->m[0], d->e[0]), rule.low, rule.high);
    }
}

static void run_clip(const run *r, const ng_step *step)
{
    const double scale = r->integer->scale[step->out.tensor];
    const float least = (float)rint((double)step->node->parameters.number[0] / scale);
    const float most = (float)rint((double)step->node->parameters.number[1] / scale);
    const float *x = tensor_data(r, step->in[0].tensor);
    float *out = tensor_data(r, step->out.tensor);
    for (size_t i = 0; i < r->images * ng_shape_count(&step->out.shape); i++) {
        const float above = x[i] < least ? least : x[i];
        out[i] = above > most ? most : above;
    }
}

static bool run_step(const run *r, size_t index)
{
    const ng_step *step = &r->integer->plan->steps[index];
    if (step->layer != NG_NO_LAYER) {
        return run_layer(r, index);
    }
    switch (step->operation) {
    case NG_OP_Add: run_add(r, index); break;
    case NG_OP_GlobalAveragePool: run_average(r, index); break;
    case NG_OP_Clip: run_clip(r, step); break;
    default: {
        const float *in = tensor_data(r, step->in[0].tensor);
        ng_run_step(&(ng_job){step, r->images, &in, tensor_data(r, step->out.tensor)});
        break;
    }
    }
    return true;
}

bool ng_integer_run(const ng_integer *integer, ng_workspace *workspace, const float *input, size_t images, ng_error *error)
{
    const run r = {integer, workspace, images, error};
    const ng_plan *plan = integer->plan;
    if (!quantise_input(&r, input)) {
        return false;
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        if (!run_step(&r, i)) {
            return false;
        }
    }
    memcpy(workspace->logits, tensor_data(&r, plan->output.tensor),
           images * ng_shape_count(&plan->output.shape) * sizeof *workspace->logits);
    return true;
}
