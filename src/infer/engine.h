/* engine.h: a network running in a recipe's arithmetic, a batch of images at a time. */
#ifndef NG_ENGINE_H
#define NG_ENGINE_H

#include "src/infer/plan.h"
#include "src/infer/product.h"

struct ng_integer;

typedef struct {
    const ng_plan *plan;
    ng_product *products; /* of each layer of the plan */
    const struct ng_attention_recipe *attention; /* the recipe's */
    const struct ng_integer *integer; /* not NULL: the sums of a network in integers alone, which it runs (integer.h) */
} ng_engine;

/* Memory of one thread. */
typedef struct {
    size_t batch;
    float **slots;
    const float **operands; /* of the step that runs */
    void *scratch;
    float *changed;         /* a layer's input where the layer changes it */
    float *logits; /* [batch][outputs] */
} ng_workspace;

/* Called after each weighted layer with its input (changed, where the layer does that) and its output as stored, `images` of
 * each. False stops the run; then
 * the observer has filled *error. */
typedef bool ng_observer(void *context, size_t layer, const float *input, const float *output, size_t images,
                         ng_error *error);

/* The same before each product of two activations, number `attention` of the plan, with its operands as stored. */
typedef bool ng_attention_observer(void *context, size_t attention, const float *left, const float *right, size_t images, ng_error *error);

/* Who is called, with which context; any may be NULL. */
typedef struct {
    ng_observer *layer;
    ng_attention_observer *attention;
    void *context;
    size_t layers; /* the run ends behind so many layers, without logits; 0: at the end */
} ng_watchers;

/* Prepares every layer; the plan must outlive the engine. recipe->scales has one number per layer, and with
 * recipe->layers and recipe->attention outlives the engine. Errors as
 * ng_product_init(). Free with ng_engine_free(). */
bool ng_engine_init(ng_engine *engine, const ng_plan *plan, const ng_recipe *recipe, ng_error *error);
void ng_engine_free(ng_engine *engine);

/* Memory for batches of up to `batch` images; 0: what suits the cache. Errors: exit 3. */
bool ng_workspace_init(ng_workspace *workspace, const ng_engine *engine, size_t batch, ng_error *error);
void ng_workspace_free(ng_workspace *workspace, const ng_engine *engine);

/* Called after each step with its output as stored, and before the first one with the input of the network, whose step number is
 * that of the steps there are. */
typedef bool ng_step_observer(void *context, size_t step, const float *output, size_t images, ng_error *error);

/* As ng_engine_run(), for observers of all tensors. */
bool ng_engine_watch(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images, ng_step_observer *observer,
                     void *context, ng_error *error);

/* Runs `images` (at most workspace->batch) images, input[images][the network's input]. Results are in workspace->logits.
 * observer may be NULL. Errors as ng_product_run(). */
bool ng_engine_run(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images,
                   ng_observer *observer, void *context, ng_error *error);

/* The same with watchers of both kinds. */
bool ng_engine_run_watched(const ng_engine *engine, ng_workspace *workspace, const float *input, size_t images,
                           const ng_watchers *watchers, ng_error *error);

#endif
