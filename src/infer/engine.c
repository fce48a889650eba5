#include "src/infer/engine.h"

#include <stdlib.h>
#include <string.h>

#include "src/infer/attention.h"
#include "src/infer/integer.h"
#include "src/infer/run.h"

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the run of the network");
}

bool ng_engine_init(ng_engine *engine, const ng_plan *plan, const ng_recipe *recipe, ng_error *error)
{
    *engine = (ng_engine){.plan = plan, .products = calloc(plan->layer_count, sizeof *engine->products),
                          .attention = recipe->attention};
    bool fine = engine->products != NULL || no_memory(error);
    for (size_t i = 0; fine && i < plan->layer_count; i++) {
        fine = ng_product_init(&engine->products[i], &plan->layers[i], i, recipe, error);
    }
    if (!fine) {
        ng_engine_free(engine);
    }
    return fine;
}

void ng_engine_free(ng_engine *engine)
{
    if (engine->plan == NULL) {
        return;
    }
    for (size_t i = 0; engine->products != NULL && i < engine->plan->layer_count; i++) {
        ng_product_free(&engine->products[i]);
    }
    free(engine->products);
    *engine = (ng_engine){0};
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

static size_t largest_scratch(const ng_engine *engine, size_t batch)
{
    size_t largest = 0;
    for (size_t i = 0; i < engine->plan->layer_count; i++) {
        const size_t size = ng_product_scratch(&engine->products[i], batch);
        largest = size > largest ? size : largest;
    }
    for (size_t i = 0; engine->attention != NULL && i < engine->plan->step_count; i++) {
        const ng_step *step = &engine->plan->steps[i];
        const size_t size = step->attention != NG_NO_ATTENTION ? ng_attention_scratch(step, batch) : 0;
        largest = size > largest ? size : largest;
    }
    return largest;
}

/* fp32 numbers behind a tensor that the last tile of a layer may read. */
static size_t slack(const ng_engine *engine)
{
    size_t longest = 0;
    for (size_t i = 0; i < engine->plan->layer_count; i++) {
        const size_t step = engine->products[i].step;
        longest = step > longest ? step : longest;
    }
    return longest * NG_TILE_ROWS_MOST;
}

/* fp32 numbers per image of the largest input that is changed; 0: none is. */
static size_t largest_change(const ng_engine *engine)
{
    size_t largest = 0;
    for (size_t i = 0; i < engine->plan->layer_count; i++) {
        const ng_layer *layer = &engine->plan->layers[i];
        const size_t count = layer->window.height * layer->window.width * layer->window.channels;
        largest = ng_layer_changes_input(layer) && count > largest ? count : largest;
    }
    return largest;
}

static bool allocate(ng_workspace *workspace, const ng_engine *engine)
{
    const ng_plan *plan = engine->plan;
    const size_t extra = slack(engine);
    workspace->slots = calloc(plan->slot_count, sizeof *workspace->slots);
    workspace->operands = calloc(plan->inputs_most + 1, sizeof *workspace->operands);
    workspace->scratch = calloc(1, largest_scratch(engine, workspace->batch));
    workspace->logits = calloc(workspace->batch, ng_shape_count(&plan->output.shape) * sizeof(float));
    workspace->changed = calloc(workspace->batch * largest_change(engine) + extra, sizeof(float));
    bool fine = workspace->changed != NULL && workspace->slots != NULL && workspace->operands != NULL && workspace->scratch != NULL &&
                workspace->logits != NULL;
    for (size_t i = 0; fine && i < plan->slot_count; i++) {
        workspace->slots[i] = calloc(workspace->batch * plan->slots[i] + extra, sizeof(float));
        fine = workspace->slots[i] != NULL;
    }
    return fine;
}

bool ng_workspace_init(ng_workspace *workspace, const ng_engine *engine, size_t batch, ng_error *error)
{
    *workspace = (ng_workspace){.batch = batch != 0 ? batch : engine->plan->batch};
    if (!allocate(workspace, engine)) {
        ng_workspace_free(workspace, engine);
        return no_memory(error);
    }
    return true;
}

void ng_workspace_free(ng_workspace *workspace, const ng_engine *engine)
{
    for (size_t i = 0; workspace->slots != NULL && i < engine->plan->slot_count; i++) {
        free(workspace->slots[i]);
    }
    free(workspace->slots);
    free(workspace->operands);
    free(workspace->scratch);
    free(workspace->changed);
    free(workspace->logits);
    *workspace = (ng_workspace){0};
}

/* ---- running --------------------------------------------------------------------------------------------------- */

/* What one batch remembers: which layer's operands are in the scratch, and of which tensor. */
typedef struct {
    const ng_engine *engine;
    ng_workspace *workspace;
    size_t images;
    int operand_tensor;
    int operand_layer;
    const ng_watchers *watchers;
    ng_error *error;
} batch;

static float *tensor_data(const batch *b, int tensor)
{
    return tensor < 0 ? NULL : b->workspace->slots[b->engine->plan->tensors[tensor].slot];
}

static bool run_layer(batch *b, const ng_step *step)
{
    const ng_product *product = &b->engine->products[step->layer];
    const int input = step->in[0].tensor;
    const bool prepared = b->operand_tensor == input && !ng_layer_changes_input(product->layer) &&
                          ng_product_shares(product, &b->engine->products[b->operand_layer]);
    const float *x = tensor_data(b, input);
    float *out = tensor_data(b, step->out.tensor);
    const ng_layer *layer = product->layer;
    const bool changes = ng_layer_changes_input(layer);
    if (changes) {
        ng_layer_change_input(layer, x, b->images * layer->window.height * layer->window.width, b->workspace->changed);
        x = b->workspace->changed;
    }
    b->operand_tensor = changes ? NG_NO_TENSOR : input;
    b->operand_layer = step->layer;
    return ng_product_run(product, x, b->images, prepared, b->workspace->scratch, out, b->error) &&
           (b->watchers->layer == NULL ||
            b->watchers->layer(b->watchers->context, (size_t)step->layer, x, out, b->images, b->error));
}

/* The operands of layers that stood in the scratch are gone. */
static bool run_attention(batch *b, const ng_step *step, const ng_job *job)
{
    if (b->watchers->attention != NULL &&
        !b->watchers->attention(b->watchers->context, (size_t)step->attention, job->in[0], job->in[1], b->images, b->error)) {
        return false;
    }
    if (b->engine->attention == NULL) {
        ng_run_step(job);
        return true;
    }
    b->operand_tensor = NG_NO_TENSOR;
    return ng_attention_run(&b->engine->attention[step->attention], job, b->workspace->scratch, b->error);
}

static bool run_step(batch *b, const ng_step *step)
{
    if (step->layer != NG_NO_LAYER) {
        return run_layer(b, step);
    }
    const float **in = b->workspace->operands;
    for (unsigned i = 0; i < step->inputs; i++) {
        in[i] = step->in[i].constant != NULL ? step->in[i].constant : tensor_data(b, step->in[i].tensor);
    }
    const ng_job job = {step, b->images, in, tensor_data(b, step->out.tensor)};
    if (step->attention != NG_NO_ATTENTION) {
        return run_attention(b, step, &job);
    }
    ng_run_step(&job);
    return true;
}

static void put_input(const batch *b, const float *input)
{
    const ng_argument *argument = &b->engine->plan->input;
    memcpy(tensor_data(b, argument->tensor), input, b->images * ng_shape_count(&argument->shape) * sizeof *input);
}

bool ng_engine_watch(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images, ng_step_observer *observer,
                     void *context, ng_error *error)
{
    const ng_plan *plan = engine->plan;
    const ng_watchers nobody = {.layer = NULL};
    batch b = {engine, workspace, images, NG_NO_TENSOR, 0, &nobody, error};
    put_input(&b, input);
    bool fine = observer(context, plan->step_count, input, images, error);
    for (size_t i = 0; fine && i < plan->step_count; i++) {
        fine = run_step(&b, &plan->steps[i]) && observer(context, i, tensor_data(&b, plan->steps[i].out.tensor), images, error);
    }
    return fine;
}

bool ng_engine_run(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images,
                   ng_observer *observer, void *context, ng_error *error)
{
    const ng_watchers watchers = {.layer = observer, .context = context};
    return ng_engine_run_watched(engine, workspace, input, images, &watchers, error);
}

bool ng_engine_run_watched(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images,
                           const ng_watchers *watchers, ng_error *error)
{
    const ng_plan *plan = engine->plan;
    batch b = {engine, workspace, images, NG_NO_TENSOR, 0, watchers, error};
    if (engine->integer != NULL) {
        return ng_integer_run(engine->integer, workspace, input, images, error);
    }
    put_input(&b, input);
    for (size_t i = 0; i < plan->step_count; i++) {
        if (!run_step(&b, &plan->steps[i])) {
            return false;
        }
        if (watchers->layers != 0 && plan->steps[i].layer + 1 == (int)watchers->layers) {
            return true;
        }
    }
    memcpy(workspace->logits, tensor_data(&b, plan->output.tensor),
           images * ng_shape_count(&plan->output.shape) * sizeof *input);
    return true;
}
