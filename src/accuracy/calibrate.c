#include <stdlib.h>

#include "src/accuracy/subject.h"
#include "src/quantize/block.h"
#include "src/quantize/scale.h"

bool ng_request_is_block(const ng_accuracy_request *request)
{
    return request->weight->block != 0;
}

const char *ng_recipe_name(const ng_accuracy_request *request)
{
    if (!ng_request_is_block(request)) {
        return request->calibration != NULL ? request->calibration : ng_calibration_at(0)->name;
    }
    const ng_block_rule *rule = request->calibration != NULL ? ng_block_rule_find(request->calibration) : NULL;
    return rule != NULL ? rule->name : ng_block_rule_default(request->weight)->name;
}

unsigned ng_calibration_count(const ng_accuracy_request *request)
{
    if (ng_request_is_block(request)) {
        return 0;
    }
    return request->calibration_images != 0 ? request->calibration_images : NG_CALIBRATION_IMAGES;
}

/* Marsaglia's xorshift64: enough to draw images, and the same everywhere. */
static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Moves `count` images drawn without repetition to the front of order[]. */
static void shuffle(size_t *order, size_t pool, size_t count, unsigned seed)
{
    uint64_t state = ((uint64_t)seed + 1) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < pool; i++) {
        order[i] = i;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t other = i + (size_t)(draw(&state) % (pool - i));
        const size_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

typedef struct {
    const ng_subject *subject;
    ng_histogram *histograms; /* of each layer's input */
} collector;

static bool collect(void *context, size_t layer, const float *input, const float *output, size_t images,
                    ng_error *error)
{
    const collector *c = context;
    const ng_layer *l = &c->subject->plan.layers[layer];
    const size_t count = images * l->window.height * l->window.width * l->window.channels;
    (void)output;
    return ng_histogram_add(&c->histograms[layer], input, count) ||
           ng_fail(error, NG_EXIT_CHECK, "node '%s': an input is NaN or infinite during calibration", l->node->label);
}

static bool run_images(const collector *c, const ng_engine *engine, ng_workspace *workspace, const size_t *order,
                       size_t count, ng_error *error)
{
    const ng_dataset *set = &c->subject->calibration;
    float *input = malloc(workspace->batch * set->numbers * sizeof *input);
    bool fine = input != NULL || ng_fail(error, NG_EXIT_MISSING, "no memory for calibration");
    for (size_t done = 0; fine && done < count;) {
        const size_t images = count - done < workspace->batch ? count - done : workspace->batch;
        for (size_t i = 0; fine && i < images; i++) {
            fine = ng_dataset_fetch(set, order[done + i], input + i * set->numbers, error);
        }
        fine = fine && ng_engine_run(engine, workspace, input, images, collect, (void *)(uintptr_t)c, error);
        done += images;
    }
    free(input);
    return fine;
}

static bool run_fp32(const collector *c, const size_t *order, size_t count, ng_error *error)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_engine engine;
    ng_workspace workspace;
    if (!ng_engine_init(&engine, &c->subject->plan, &recipe, error)) {
        return false;
    }
    bool fine = ng_workspace_init(&workspace, &engine, 0, error);
    if (fine) {
        fine = run_images(c, &engine, &workspace, order, count, error);
        ng_workspace_free(&workspace, &engine);
    }
    ng_engine_free(&engine);
    return fine;
}

static bool choose_scales(const collector *c, const ng_calibration *method, const ng_format *format, float *scales,
                          ng_error *error)
{
    ng_grid grid;
    ng_grid_init(&grid, format);
    for (size_t i = 0; i < c->subject->plan.layer_count; i++) {
        if (!method->choose(&grid, &c->histograms[i], method->share, &scales[i])) {
            return ng_fail(error, NG_EXIT_MISSING, "no memory for calibration");
        }
    }
    return true;
}

static bool calibrate_with(const collector *c, const ng_accuracy_request *request, const ng_calibration *method,
                           float *scales, ng_error *error)
{
    const size_t pool = c->subject->calibration.count;
    const size_t count = ng_calibration_count(request) < pool ? ng_calibration_count(request) : pool;
    size_t *order = malloc(pool * sizeof *order);
    bool fine = order != NULL;
    for (size_t i = 0; fine && i < c->subject->plan.layer_count; i++) {
        fine = ng_histogram_init(&c->histograms[i]);
    }
    if (!fine) {
        free(order);
        return ng_fail(error, NG_EXIT_MISSING, "no memory for calibration");
    }
    shuffle(order, pool, count, request->seed);
    fine = run_fp32(c, order, count, error) && choose_scales(c, method, request->activation, scales, error);
    free(order);
    return fine;
}

bool ng_calibrate(const ng_subject *subject, const ng_accuracy_request *request, float *scales, ng_error *error)
{
    const ng_calibration *method = ng_calibration_find(ng_recipe_name(request));
    if (method == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "no calibration method '%.32s'", ng_recipe_name(request));
    }
    const size_t layers = subject->plan.layer_count;
    const collector c = {subject, calloc(layers, sizeof *c.histograms)};
    const bool fine = c.histograms != NULL ? calibrate_with(&c, request, method, scales, error)
                                           : ng_fail(error, NG_EXIT_MISSING, "no memory for calibration");
    for (size_t i = 0; c.histograms != NULL && i < layers; i++) {
        ng_histogram_free(&c.histograms[i]);
    }
    free(c.histograms);
    return fine;
}

bool ng_recipe_make(const ng_subject *subject, const ng_accuracy_request *request, float *scales, ng_recipe *recipe,
                    ng_error *error)
{
    *recipe = (ng_recipe){.weight = request->weight, .activation = request->activation, .rule = NG_RULE_CEIL, .scales = scales};
    if (ng_request_is_block(request)) {
        recipe->rule = ng_block_rule_find(ng_recipe_name(request))->rule;
        return true;
    }
    return ng_calibrate(subject, request, scales, error);
}
