#include "src/accuracy/quantise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/rows.h"
#include "src/infer/attention.h"
#include "src/quantize/block.h"
#include "src/quantize/scale.h"
#include "src/quantize/task.h"
#include "src/quantize/two_level.h"

typedef struct {
    ng_subject *subject;
    const ng_accuracy_request *request;
    ng_quantised *out;
    ng_tuning tuning;
    size_t *order;           /* calibration images */
    size_t images;
    ng_engine plain;         /* the plan in fp32, as methods have rewritten it */
    ng_engine mixed;         /* the same, with the layers that are ready as they are quantised */
    ng_histogram *histograms;
    ng_row_source source;
    ng_error *error;
} work;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the quantised network");
}

static const ng_layer *layer_at(const work *w, size_t index)
{
    return &w->subject->plan.layers[index];
}

/* ---- stage NETWORK ----------------------------------------------------------------------------------------------- */

static bool start_plain(work *w)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_engine_free(&w->plain);
    return ng_engine_init(&w->plain, &w->subject->plan, &recipe, w->error);
}

static bool watch(const ng_network_task *task, ng_layer_watcher *watcher, void *watching, ng_error *error)
{
    work *w = task->context;
    w->error = error;
    return start_plain(w) && ng_calibration_run(w->subject, &w->plain, w->order, w->images, 0, watcher, watching, error);
}

static bool rewrite_network(work *w)
{
    const ng_methods *methods = &w->tuning.methods;
    const ng_network_task task = {.plan = &w->subject->plan, .weight = w->request->weight, .activation = w->request->activation,
                                  .seed = w->request->seed, .watch = watch, .context = w};
    bool fine = true;
    for (size_t i = 0; fine && i < methods->count; i++) {
        const ng_method_choice *choice = &methods->items[i];
        fine = choice->method->stage != NG_STAGE_NETWORK || choice->method->network(&task, choice, w->error);
    }
    return fine;
}

/* The scales of input channels, by least squared error over all weights that meet one, move to the input. */
static bool scale_inputs(work *w, ng_layer *layer, const ng_format *format)
{
    const size_t groups = ng_layer_groups(layer);
    const size_t inputs = layer->window.channels / groups;
    const size_t taps = layer->reduction / inputs;
    const size_t members = ng_layer_group_channels(layer);
    float *factor = malloc(layer->window.channels * sizeof *factor);
    float *column = malloc(members * taps * sizeof *column);
    ng_grid grid;
    ng_grid_init(&grid, format);
    for (size_t i = 0; factor != NULL && column != NULL && i < layer->window.channels; i++) {
        for (size_t j = 0; j < members * taps; j++) {
            const size_t channel = i / inputs * members + j / taps;
            column[j] = layer->weights[channel * layer->reduction + j % taps * inputs + i % inputs];
        }
        factor[i] = ng_scale_of_kind(&grid, w->tuning.scales, column, NULL, members * taps);
    }
    const bool fine = (factor != NULL && column != NULL && ng_layer_scale_input(layer, factor)) || no_memory(w->error);
    free(factor);
    free(column);
    return fine;
}

static bool scale_all_inputs(work *w)
{
    bool fine = true;
    for (size_t i = 0; fine && w->tuning.granularity == NG_PER_INPUT && i < w->out->layer_count; i++) {
        const ng_format *weight = w->out->layers[i].weight;
        fine = weight == NULL || weight->block != 0 || scale_inputs(w, &w->subject->plan.layers[i], weight);
    }
    return fine;
}

/* ---- formats ----------------------------------------------------------------------------------------------------- */

/* How the scales of a layer's blocks are chosen. The "mse" of a scalar request is not meant for NVFP4, whose search is slow. */
static ng_scale_rule rule_of(const ng_accuracy_request *request, const ng_format *format)
{
    const bool own = ng_request_is_block(request) || !ng_is_two_level(format);
    const ng_block_rule *rule = own ? ng_block_rule_find(ng_calibration_name(request)) : NULL;
    return (rule != NULL ? rule : ng_block_rule_default(format))->rule;
}

static bool set_formats(work *w)
{
    const ng_accuracy_request *request = w->request;
    const ng_setting *setting = &request->setting;
    const size_t last = w->out->layer_count - 1;
    const bool each = setting->layers != NULL && setting->layers[0] != 0;
    if (each && !ng_layer_formats_read(setting->layers, last + 1, w->out->formats, w->error)) {
        return false;
    }
    for (size_t i = 0; i <= last; i++) {
        const bool keep = (i == 0 && setting->keep_first) || (i == last && setting->keep_last);
        const ng_format *own = i == 0 && setting->first != NULL ? setting->first : i == last ? setting->last : NULL;
        ng_layer_recipe *recipe = &w->out->layers[i];
        recipe->weight = keep ? NULL : own != NULL ? own : each ? &w->out->formats[2 * i] : request->weight;
        recipe->activation = own != NULL ? own : each ? &w->out->formats[2 * i + 1] : request->activation;
        recipe->sums_bias = w->tuning.sums_bias && !w->tuning.fake;
        recipe->fake = w->tuning.fake;
        if (recipe->weight != NULL && recipe->weight->block != 0) {
            recipe->rule = rule_of(request, recipe->weight);
        }
    }
    return true;
}

static bool is_two_level(const ng_layer_recipe *recipe)
{
    return recipe->weight != NULL && ng_is_two_level(recipe->weight);
}

static bool is_scalar(const ng_layer_recipe *recipe)
{
    return recipe->weight != NULL && recipe->weight->block == 0;
}

/* A layer of scalar formats that the user has not given it by itself. */
static bool is_open(const work *w, size_t index)
{
    const ng_setting *setting = &w->request->setting;
    const bool own = (index == 0 && setting->first != NULL) || (index + 1 == w->out->layer_count && setting->last != NULL);
    return is_scalar(&w->out->layers[index]) && !own;
}

static bool choose_formats(work *w, size_t index, const ng_method_choice *choice)
{
    ng_layer_recipe *recipe = &w->out->layers[index];
    const ng_layer *layer = layer_at(w, index);
    ng_format *chosen = &w->out->formats[2 * index];
    const size_t bins = ng_histogram_bins(&w->histograms[index], NULL, NULL, 0);
    float *centres = malloc(2 * (bins + 1) * sizeof *centres);
    if (centres == NULL) {
        return no_memory(w->error);
    }
    (void)ng_histogram_bins(&w->histograms[index], centres, centres + bins, bins);
    const ng_format_task task = {.name = layer->node->label, .weights = layer->weights, .channels = layer->channels,
                                 .reduction = layer->reduction, .inputs = centres, .counts = centres + bins, .bins = bins,
                                 .granularity = w->tuning.granularity, .group_size = w->tuning.group_size,
                                 .scales = w->tuning.scales};
    chosen[0] = *recipe->weight;
    chosen[1] = *recipe->activation;
    const bool fine = choice->method->formats(&task, choice, &chosen[0], &chosen[1], w->error);
    recipe->weight = &chosen[0];
    recipe->activation = &chosen[1];
    free(centres);
    return fine;
}

static bool choose_all_formats(work *w)
{
    const ng_methods *methods = &w->tuning.methods;
    bool fine = true;
    for (size_t i = 0; fine && i < methods->count; i++) {
        const ng_method_choice *choice = &methods->items[i];
        for (size_t layer = 0; fine && choice->method->stage == NG_STAGE_FORMATS && layer < w->out->layer_count; layer++) {
            fine = !is_open(w, layer) || choose_formats(w, layer, choice);
        }
    }
    return fine;
}

/* ---- calibration ------------------------------------------------------------------------------------------------- */

/* A scale of the kind asked for in place of a free one: the best power of two where the method looks for the least error, the next
 * one up where it covers a range. */
static bool kind_of_scale(ng_scale_kind kind, const ng_grid *grid, const ng_histogram *histogram, bool least_error, float *scale)
{
    if (kind == NG_SCALES_DYADIC) {
        *scale = ng_scale_dyadic(*scale);
    }
    if (kind != NG_SCALES_POW2) {
        return true;
    }
    *scale = (float)exp2(ceil(log2((double)*scale)));
    const size_t bins = ng_histogram_bins(histogram, NULL, NULL, 0);
    float *centre = least_error ? malloc(2 * (bins + 1) * sizeof *centre) : NULL;
    if (centre != NULL) {
        (void)ng_histogram_bins(histogram, centre, centre + bins, bins);
        *scale = ng_scale_search_powers(grid, centre, centre + bins, bins, histogram->largest);
        free(centre);
    }
    return !least_error || centre != NULL;
}

static bool choose_scales(work *w)
{
    const char *name = ng_request_is_block(w->request) ? "mse" : ng_calibration_name(w->request);
    const ng_calibration *method = ng_calibration_find(name);
    if (method == NULL) {
        return ng_fail(w->error, NG_EXIT_USAGE, "no calibration method '%.32s'", name);
    }
    for (size_t i = 0; i < w->out->layer_count; i++) {
        ng_layer_recipe *recipe = &w->out->layers[i];
        ng_grid grid;
        if (is_two_level(recipe)) {
            recipe->scale = ng_block_tensor_scale(recipe->activation, w->histograms[i].largest);
        }
        if (!is_scalar(recipe)) {
            continue;
        }
        ng_grid_init(&grid, recipe->activation);
        if (!method->choose(&grid, &w->histograms[i], method->share, &recipe->scale) ||
            !kind_of_scale(w->tuning.scales, &grid, &w->histograms[i], method == ng_calibration_at(0), &recipe->scale)) {
            return no_memory(w->error);
        }
    }
    return true;
}

/* Both operands of every product of two activations, in the activation format. */
static bool choose_attention(work *w)
{
    const ng_format *format = w->request->activation;
    const ng_calibration *method = ng_calibration_find(format->block != 0 ? "mse" : ng_calibration_name(w->request));
    const ng_plan *plan = &w->subject->plan;
    if (format->block != 0 && !ng_block_sum_fits(format, format)) {
        return ng_fail(w->error, NG_EXIT_USAGE, "attention: the sum of a block of %s is more than two doubles hold exactly", format->name);
    }
    w->out->attention = calloc(plan->attention_count + 1, sizeof *w->out->attention);
    if (w->out->attention == NULL) {
        return no_memory(w->error);
    }
    for (size_t i = 0; i < 2 * plan->attention_count; i++) {
        const bool needed = format->block == 0 || ng_is_two_level(format);
        const ng_histogram *seen = needed ? &w->histograms[plan->layer_count + i] : NULL;
        ng_attention_recipe *pair = &w->out->attention[i / 2];
        ng_grid grid;
        pair->format = format;
        pair->fake = w->tuning.fake;
        if (format->block != 0) {
            pair->scale[i % 2] = seen != NULL ? ng_block_tensor_scale(format, seen->largest) : 0;
            pair->rule = rule_of(w->request, format);
            continue;
        }
        ng_grid_init(&grid, format);
        if (!method->choose(&grid, seen, method->share, &pair->scale[i % 2]) ||
            !kind_of_scale(w->tuning.scales, &grid, seen, method == ng_calibration_at(0), &pair->scale[i % 2])) {
            return no_memory(w->error);
        }
    }
    w->out->recipe.attention = w->out->attention;
    return true;
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static ng_layer_task make_task(work *w, size_t index)
{
    const ng_layer *layer = layer_at(w, index);
    const ng_layer_recipe *recipe = &w->out->layers[index];
    ng_layer_task task = {
        .name = layer->node->label,
        .weights = layer->weights,
        .bias = layer->bias,
        .channels = layer->channels,
        .reduction = layer->reduction,
        .groups = ng_layer_groups(layer),
        .inputs = layer->window.channels / ng_layer_groups(layer),
        .weight = recipe->weight,
        .activation = recipe->activation,
        .scale = recipe->scale,
        .rule = recipe->rule,
        .granularity = w->tuning.granularity,
        .group_size = w->tuning.group_size,
        .scales = w->tuning.scales,
        .seed = w->request->seed,
        .samples = w->images * layer->positions,
        .read_rows = ng_row_source_read,
        .context = &w->source,
    };
    if (is_scalar(recipe)) {
        ng_grid_init(&task.grid, recipe->weight);
        ng_grid_init(&task.activation_grid, recipe->activation);
    }
    return task;
}

/* Whether what a method returned is what it promised: numbers of the format, positive scales. */
static bool check_weights(const ng_layer_task *task, const ng_weights *weights, const char *method, ng_error *error)
{
    bool fine = weights->channels == task->channels && weights->reduction == task->reduction &&
                (weights->values == NULL) == (weights->numbers != NULL) &&
                (weights->numbers != NULL) == (task->weight->block != 0 || weights->plain);
    for (size_t i = 0; fine && weights->numbers != NULL && i < task->channels * task->reduction; i++) {
        fine = isfinite(weights->numbers[i]);
    }
    for (size_t i = 0; fine && weights->values != NULL && i < weights->planes * task->channels * task->reduction; i++) {
        const float x = (float)weights->values[i];
        double value;
        fine = ng_grid_round(&task->grid, 1, &x, 1, &value) && value >= weights->values[i] && value <= weights->values[i];
    }
    for (size_t i = 0; fine && weights->scales != NULL && i < weights->planes * weights->slices * task->channels; i++) {
        fine = isfinite(weights->scales[i]);
    }
    return fine || ng_fail(error, NG_EXIT_CHECK, "node '%s': %s made weights that are not numbers of %s", task->name, method,
                           task->weight->name);
}

/* Bits of one scale: an exponent, a dyadic m and an exponent, or fp32. */
static unsigned scale_bits(ng_scale_kind kind)
{
    enum { EXPONENT_BITS = 8, FP32_BITS = 32 };
    return kind == NG_SCALES_POW2 ? EXPONENT_BITS : kind == NG_SCALES_DYADIC ? NG_DYADIC_BITS + EXPONENT_BITS : FP32_BITS;
}

/* Storage of weights whose method has not said it: codes, every scale once, the low-rank term in fp32. */
static unsigned long long storage_of(const ng_layer_task *task, const ng_weights *weights)
{
    enum { FP32_BITS = 32 };
    const unsigned long long codes = (unsigned long long)weights->planes * task->channels * task->reduction * task->weight->bits;
    const unsigned long long scales = task->granularity == NG_PER_TENSOR  ? weights->planes
                                      : task->granularity == NG_PER_INPUT ? task->inputs * task->groups
                                                                          : weights->planes * weights->slices * task->channels;
    return codes + scales * scale_bits(task->scales) +
           (unsigned long long)weights->rank * (task->channels + task->reduction) * FP32_BITS;
}

/* The engine does by itself what `nearest` would. */
static bool is_left_to_engine(const work *w)
{
    return ng_tuning_is_plain(&w->tuning);
}

static bool decide_weights(work *w, size_t index)
{
    const ng_methods *methods = &w->tuning.methods;
    const ng_layer_task task = make_task(w, index);
    ng_weights *weights = &w->out->weights[index];
    bool fine = true;
    for (size_t i = 0; fine && i < methods->count; i++) {
        const ng_method_choice *choice = &methods->items[i];
        fine = choice->method->stage < NG_STAGE_WEIGHTS ||
               (choice->method->layer(&task, choice, weights, w->error) &&
                check_weights(&task, weights, choice->method->name, w->error));
    }
    if (fine && weights->bits == 0 && weights->values != NULL) {
        weights->bits = storage_of(&task, weights);
    }
    w->out->layers[index].weights = weights;
    return fine;
}

/* From here on the network that later layers see has this layer as it is quantised. */
static bool put_layer(work *w, size_t index)
{
    ng_product_free(&w->mixed.products[index]);
    return ng_product_init(&w->mixed.products[index], layer_at(w, index), index, &w->out->recipe, w->error);
}

/* Products of two activations run as in the network that comes out. */
static bool decide_all_weights(work *w)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL, .attention = w->out->attention};
    if (is_left_to_engine(w)) {
        return true;
    }
    if (!ng_engine_init(&w->mixed, &w->subject->plan, &recipe, w->error)) {
        return false;
    }
    w->source = (ng_row_source){.subject = w->subject, .order = w->order, .images = w->images, .seed = w->request->seed,
                                .engines = {&w->plain, &w->mixed}};
    bool fine = true;
    for (size_t i = 0; fine && i < w->out->layer_count; i++) {
        w->source.layer = i;
        fine = w->out->layers[i].weight == NULL || (decide_weights(w, i) && put_layer(w, i));
    }
    ng_row_source_free(&w->source);
    return fine;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static bool needs_images(const work *w)
{
    for (size_t i = 0; i < w->out->layer_count; i++) {
        if (is_scalar(&w->out->layers[i]) || is_two_level(&w->out->layers[i])) {
            return true;
        }
    }
    const ng_format *products = w->request->activation;
    return !is_left_to_engine(w) || (w->tuning.attention && (products->block == 0 || ng_is_two_level(products)));
}

/* Methods that choose weights know no scale of the tensor above those of the blocks. */
static bool check_two_levels(const work *w)
{
    const bool fine = is_left_to_engine(w) || ng_methods_store_only(&w->tuning.methods);
    for (size_t i = 0; !fine && i < w->out->layer_count; i++) {
        if (is_two_level(&w->out->layers[i])) {
            return ng_fail(w->error, NG_EXIT_USAGE, "%s has a scale for each tensor: only the recipe plain and those that store weights take it",
                           w->out->layers[i].weight->name);
        }
    }
    return true;
}

static bool calibrate(work *w)
{
    return start_plain(w) &&
           ng_calibration_histograms(w->subject, &w->plain, w->order, w->images, &w->histograms, w->error) &&
           choose_all_formats(w) && choose_scales(w);
}

static bool run(work *w)
{
    if (!set_formats(w) || !check_two_levels(w) || !rewrite_network(w) || !scale_all_inputs(w)) {
        return false;
    }
    const bool images = needs_images(w);
    return (!images || calibrate(w)) && (!w->tuning.attention || choose_attention(w)) && (!images || decide_all_weights(w));
}

static bool allocate(work *w)
{
    ng_quantised *out = w->out;
    out->layer_count = w->subject->plan.layer_count;
    out->layers = calloc(out->layer_count, sizeof *out->layers);
    out->weights = calloc(out->layer_count, sizeof *out->weights);
    out->formats = calloc(2 * out->layer_count, sizeof *out->formats);
    out->recipe = (ng_recipe){.weight = w->request->weight, .activation = w->request->activation, .layers = out->layers};
    return (out->layers != NULL && out->weights != NULL && out->formats != NULL) || no_memory(w->error);
}

bool ng_quantise(ng_subject *subject, const ng_accuracy_request *request, ng_quantised *quantised, ng_error *error)
{
    work w = {.subject = subject, .request = request, .out = quantised, .error = error};
    *quantised = (ng_quantised){.layer_count = 0};
    w.images = ng_calibration_used(subject, request);
    const bool fine = ng_tuning_read(&request->setting, &w.tuning, error) && allocate(&w) &&
                      ng_calibration_draw(subject, request, &w.order, error) && run(&w);
    ng_histograms_free(w.histograms, ng_histogram_count(&subject->plan));
    ng_engine_free(&w.plain);
    ng_engine_free(&w.mixed);
    free(w.order);
    if (!fine) {
        ng_quantised_free(quantised);
    }
    return fine;
}

void ng_quantised_free(ng_quantised *quantised)
{
    for (size_t i = 0; quantised->weights != NULL && i < quantised->layer_count; i++) {
        ng_weights_free(&quantised->weights[i]);
    }
    free(quantised->layers);
    free(quantised->weights);
    free(quantised->formats);
    free(quantised->attention);
    *quantised = (ng_quantised){.layer_count = 0};
}
