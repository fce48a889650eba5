#include "src/accuracy/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/encode.h"
#include "model/operand.h"
#include "src/accuracy/quantise.h"
#include "src/quantize/two_level.h"

enum { IMAGES_MOST = 64 };

/* The rows wanted of the run, gathered as numbers before they become codes. */
typedef struct {
    const ng_subject *subject;
    unsigned layer;
    float *operands; /* [rows][groups][reduction] */
    float *outputs;  /* [rows][channels] */
    size_t done;     /* rows */
} catcher;

static bool catch_layer(void *context, size_t layer, const float *input, const float *output, size_t images,
                        ng_error *error)
{
    catcher *c = context;
    const ng_layer *l = &c->subject->plan.layers[layer];
    const size_t rows = images * l->positions;
    (void)error;
    if (layer == c->layer) {
        const size_t groups = ng_layer_groups(l);
        for (size_t i = 0; i < rows * groups; i++) {
            ng_layer_rows(l, i % groups, input, sizeof *input, i / groups, 1, l->reduction,
                          c->operands + (c->done * groups + i) * l->reduction);
        }
        memcpy(c->outputs + c->done * l->channels, output, rows * l->channels * sizeof *output);
        c->done += rows;
    }
    return true;
}

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the trace");
}

/* ---- codes ----------------------------------------------------------------------------------------------------- */

static bool allocate(ng_trace_operand *operand, const ng_format *format, size_t rows, size_t reduction)
{
    const size_t block = format->block;
    const size_t columns = block != 0 ? (reduction + block - 1) / block * block : reduction;
    *operand = (ng_trace_operand){.format = format, .rows = rows, .columns = columns};
    operand->codes = calloc(rows * columns, 1);
    operand->scales = block != 0 ? calloc(rows * (columns / block), 1) : NULL;
    const bool scaled = block == 0 || ng_is_two_level(format);
    operand->row_scales = scaled ? calloc(rows, sizeof(float)) : NULL;
    return operand->codes != NULL && (block == 0 || operand->scales != NULL) && (!scaled || operand->row_scales != NULL);
}

/* The model's own encoder, not the fast one: what the trace says is what a circuit would be given. */
static void encode_row(ng_trace_operand *operand, size_t row, const float *x, size_t count, float scale)
{
    const double factor = (double)(1.0F / scale);
    operand->row_scales[row] = scale;
    for (size_t i = 0; i < count; i++) {
        operand->codes[row * operand->columns + i] = (uint8_t)ng_encode_double(operand->format, (double)x[i] * factor);
    }
}

/* tensor: its scale; 1 for blocks of one level. */
static void encode_blocks(ng_trace_operand *operand, size_t row, const float *x, size_t count, const ng_product *product, float tensor)
{
    const size_t block = operand->format->block;
    const uint32_t *order = product->weights != NULL ? product->weights->order : NULL;
    for (size_t at = 0; at < operand->columns; at += block) {
        float values[NG_LANES_MAX] = {0};
        uint16_t codes[NG_LANES_MAX];
        const size_t used = at < count ? (count - at < block ? count - at : block) : 0;
        for (size_t i = 0; i < used; i++) {
            values[i] = x[order != NULL ? order[at + i] : at + i];
        }
        operand->scales[(row * operand->columns + at) / block] =
            (uint8_t)ng_block_encode_under(operand->format, tensor, values, product->recipe.rule, codes);
        for (size_t i = 0; i < block; i++) {
            operand->codes[row * operand->columns + at + i] = (uint8_t)codes[i];
        }
    }
}

/* scales: of each row; one for all where stride is 0. */
static void encode(ng_trace_operand *operand, const float *x, size_t reduction, const ng_product *product,
                   const float *scales, size_t stride)
{
    for (size_t row = 0; row < operand->rows; row++) {
        if (operand->format->block != 0) {
            const float tensor = ng_is_two_level(operand->format) ? scales[row * stride] : 1;
            if (operand->row_scales != NULL) {
                operand->row_scales[row] = tensor;
            }
            encode_blocks(operand, row, x + row * reduction, reduction, product, tensor);
        } else {
            encode_row(operand, row, x + row * reduction, reduction, scales[row * stride]);
        }
    }
}

/* A method's weights are values of codes already. */
static void encode_weights(ng_trace_operand *operand, const ng_product *product)
{
    const ng_layer *layer = product->layer;
    const ng_weights *weights = product->weights;
    if (weights == NULL || weights->values == NULL) {
        encode(operand, weights == NULL ? layer->weights : weights->numbers, layer->reduction, product,
               product->weight_scales, 1);
        return;
    }
    for (size_t i = 0; i < operand->rows * operand->columns; i++) {
        operand->codes[i] = (uint8_t)ng_encode_double(operand->format, ldexp(weights->values[i], ng_format_lsb(operand->format)));
    }
    memcpy(operand->row_scales, product->weight_scales, operand->rows * sizeof *operand->row_scales);
}

/* ---- running --------------------------------------------------------------------------------------------------- */

static bool run_batches(catcher *c, const ng_engine *engine, ng_workspace *workspace, unsigned images, float *input,
                        ng_error *error)
{
    const ng_dataset *test = &c->subject->test;
    bool fine = true;
    for (size_t first = 0; fine && first < images; first += workspace->batch) {
        const size_t count = images - first < workspace->batch ? images - first : workspace->batch;
        for (size_t i = 0; fine && i < count; i++) {
            fine = ng_dataset_fetch(test, first + i, input + i * test->numbers, error);
        }
        fine = fine && ng_engine_run(engine, workspace, input, count, catch_layer, c, error);
    }
    return fine;
}

static bool run_images(catcher *c, const ng_engine *engine, unsigned images, ng_error *error)
{
    ng_workspace workspace;
    if (!ng_workspace_init(&workspace, engine, 0, error)) {
        return false;
    }
    float *input = malloc(workspace.batch * c->subject->test.numbers * sizeof *input);
    const bool fine = input != NULL ? run_batches(c, engine, &workspace, images, input, error) : no_memory(error);
    free(input);
    ng_workspace_free(&workspace, engine);
    return fine;
}

static bool fill(ng_trace *trace, catcher *c, const ng_engine *engine, unsigned images, ng_error *error)
{
    const ng_product *product = &engine->products[c->layer];
    const ng_layer *layer = product->layer;
    const size_t rows = images * layer->positions;
    trace->reduction = layer->reduction;
    trace->positions = layer->positions;
    trace->groups = ng_layer_groups(layer);
    memcpy(trace->name, layer->node->label, sizeof trace->name);
    trace->bias = malloc(layer->channels * sizeof(float));
    trace->outputs = malloc(rows * layer->channels * sizeof(float));
    c->operands = malloc(rows * trace->groups * layer->reduction * sizeof(float));
    c->outputs = trace->outputs;
    if (trace->bias == NULL || trace->outputs == NULL || c->operands == NULL ||
        !allocate(&trace->weights, product->recipe.weight, layer->channels, layer->reduction) ||
        !allocate(&trace->activations, product->recipe.activation, rows * trace->groups,
                  layer->reduction)) {
        return no_memory(error);
    }
    if (!run_images(c, engine, images, error)) {
        return false;
    }
    memcpy(trace->bias, product->bias, layer->channels * sizeof(float));
    encode_weights(&trace->weights, product);
    encode(&trace->activations, c->operands, layer->reduction, product, &product->scale, 0);
    return true;
}

bool ng_trace_make(const ng_subject *subject, const ng_engine *engine, unsigned layer, unsigned images, ng_trace *trace,
                   ng_error *error)
{
    catcher c = {.subject = subject, .layer = layer};
    *trace = (ng_trace){.reduction = 0};
    if (layer < subject->plan.layer_count &&
        (engine->products[layer].arithmetic == NG_FP32 || engine->products[layer].sums > 1 || engine->products[layer].start != NULL)) {
        return ng_fail(error, NG_EXIT_USAGE, "layer %u is not one sum of products of codes for each output", layer);
    }
    if (layer >= subject->plan.layer_count || images < 1 || images > IMAGES_MOST || images > subject->test.count) {
        return ng_fail(error, NG_EXIT_USAGE, "layer %u of %zu, %u images of 1 to %d", layer, subject->plan.layer_count,
                       images, IMAGES_MOST);
    }
    const bool fine = fill(trace, &c, engine, images, error);
    free(c.operands);
    if (!fine) {
        ng_trace_free(trace);
    }
    return fine;
}

static bool trace_subject(ng_subject *subject, const ng_accuracy_request *request, unsigned layer, ng_trace *trace,
                          ng_error *error)
{
    ng_quantised quantised;
    ng_engine engine;
    if (!ng_quantise(subject, request, &quantised, error)) {
        return false;
    }
    bool fine = ng_engine_init(&engine, &subject->plan, &quantised.recipe, error);
    if (fine) {
        fine = ng_trace_make(subject, &engine, layer, request->images, trace, error);
        ng_engine_free(&engine);
    }
    ng_quantised_free(&quantised);
    return fine;
}

bool ng_trace_layer(const ng_accuracy_request *request, unsigned layer, ng_trace *trace, ng_error *error)
{
    ng_subject subject;
    ng_family family;
    *trace = (ng_trace){.reduction = 0};
    if (ng_pair_family(request->weight, request->activation, &family) != NG_OK) {
        return ng_fail(error, NG_EXIT_USAGE, "no datapath multiplies %s by %s", request->weight->name,
                       request->activation->name);
    }
    if (!ng_subject_load(&subject, request, error)) {
        return false;
    }
    const bool fine = trace_subject(&subject, request, layer, trace, error);
    ng_subject_free(&subject);
    return fine;
}

static void free_operand(ng_trace_operand *operand)
{
    free(operand->codes);
    free(operand->scales);
    free(operand->row_scales);
}

void ng_trace_free(ng_trace *trace)
{
    free_operand(&trace->weights);
    free_operand(&trace->activations);
    free(trace->outputs);
    free(trace->bias);
    *trace = (ng_trace){.reduction = 0};
}

static size_t group_of(const ng_trace *trace, size_t channel)
{
    return channel / (trace->weights.rows / trace->groups);
}

bool ng_trace_pairs(const ng_trace *trace, size_t row, size_t channel)
{
    return row % trace->groups == group_of(trace, channel);
}

size_t ng_trace_row(const ng_trace *trace, size_t position, size_t channel)
{
    return position * trace->groups + group_of(trace, channel);
}

void ng_trace_word(const ng_trace_operand *operand, size_t row, size_t first, unsigned lanes,
                   uint64_t word[NG_OPERAND_LIMBS])
{
    const unsigned bits = operand->format->bits;
    memset(word, 0, NG_OPERAND_LIMBS * sizeof *word);
    for (unsigned lane = 0; lane < lanes && first + lane < operand->columns; lane++) {
        ng_operand_put(word, lane * bits, bits, operand->codes[row * operand->columns + first + lane]);
    }
    if (operand->scales != NULL) {
        ng_operand_put(word, lanes * bits, NG_SCALE_BITS,
                       operand->scales[(row * operand->columns + first) / operand->format->block]);
    }
}
