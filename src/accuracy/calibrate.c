#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/calibrate.h"
#include "src/formats/lookup.h"
#include "src/quantize/block.h"
#include "src/quantize/scale.h"
#include "src/quantize/two_level.h"

bool ng_request_is_block(const ng_accuracy_request *request)
{
    return request->weight->block != 0;
}

const char *ng_calibration_name(const ng_accuracy_request *request)
{
    const bool chosen = request->calibration != NULL && strcmp(request->calibration, NG_CALIBRATION_AUTO) != 0;
    if (!ng_request_is_block(request)) {
        return chosen ? request->calibration : ng_calibration_at(0)->name;
    }
    const ng_block_rule *rule = chosen ? ng_block_rule_find(request->calibration) : NULL;
    return rule != NULL ? rule->name : ng_block_rule_default(request->weight)->name;
}

/* Scales of tensors come from images, those of blocks alone do not. NULL: no format. */
static bool needs_images(const ng_format *format)
{
    return format != NULL && (format->block == 0 || ng_is_two_level(format));
}

/* Any of "W:A,W:A,..". */
static bool list_needs_images(const char *layers)
{
    for (const char *word = layers; word != NULL && *word != 0;) {
        const size_t length = strcspn(word, ":,");
        char name[NG_FORMAT_NAME_SIZE];
        ng_format format;
        (void)snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), word);
        if (ng_format_lookup("layer formats", name, NULL, &format, NULL) && needs_images(&format)) {
            return true;
        }
        word += length + (word[length] != 0);
    }
    return false;
}

unsigned ng_calibration_count(const ng_accuracy_request *request)
{
    const ng_setting *setting = &request->setting;
    const bool without = ng_request_is_block(request) && !needs_images(request->weight) && !needs_images(setting->first) &&
                         !needs_images(setting->last) && !list_needs_images(setting->layers);
    ng_tuning tuning;
    if (without && ng_tuning_read(setting, &tuning, NULL) && ng_tuning_is_plain(&tuning)) {
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

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for calibration");
}

size_t ng_calibration_used(const ng_subject *subject, const ng_accuracy_request *request)
{
    const size_t wanted = request->calibration_images != 0 ? request->calibration_images : NG_CALIBRATION_IMAGES;
    return wanted < subject->calibration.count ? wanted : subject->calibration.count;
}

bool ng_calibration_draw(const ng_subject *subject, const ng_accuracy_request *request, size_t **order, ng_error *error)
{
    const size_t pool = subject->calibration.count;
    *order = malloc((pool + 1) * sizeof **order);
    if (*order == NULL) {
        return no_memory(error);
    }
    shuffle(*order, pool, ng_calibration_used(subject, request), request->seed);
    return true;
}

static bool run_batches(const ng_subject *subject, const ng_engine *engine, ng_workspace *workspace, const size_t *order,
                        size_t count, const ng_watchers *watchers, ng_error *error)
{
    const ng_dataset *set = &subject->calibration;
    float *input = malloc(workspace->batch * set->numbers * sizeof *input);
    bool fine = input != NULL || no_memory(error);
    for (size_t done = 0; fine && done < count;) {
        const size_t images = count - done < workspace->batch ? count - done : workspace->batch;
        for (size_t i = 0; fine && i < images; i++) {
            fine = ng_dataset_fetch(set, order[done + i], input + i * set->numbers, error);
        }
        fine = fine && ng_engine_run_watched(engine, workspace, input, images, watchers, error);
        done += images;
    }
    free(input);
    return fine;
}

static bool run_images(const ng_subject *subject, const ng_engine *engine, const size_t *order, size_t count,
                       const ng_watchers *watchers, ng_error *error)
{
    ng_workspace workspace;
    if (!ng_workspace_init(&workspace, engine, 0, error)) {
        return false;
    }
    const bool fine = run_batches(subject, engine, &workspace, order, count, watchers, error);
    ng_workspace_free(&workspace, engine);
    return fine;
}

bool ng_calibration_run(const ng_subject *subject, const ng_engine *engine, const size_t *order, size_t count, size_t layers,
                        ng_observer *observer, void *context, ng_error *error)
{
    const ng_watchers watchers = {.layer = observer, .context = context, .layers = layers};
    return run_images(subject, engine, order, count, &watchers, error);
}

/* ---- distributions ----------------------------------------------------------------------------------------------- */

typedef struct {
    const ng_plan *plan;
    ng_histogram *histograms;
} collector;

static bool collect(void *context, size_t layer, const float *input, const float *output, size_t images,
                    ng_error *error)
{
    const collector *c = context;
    const ng_layer *l = &c->plan->layers[layer];
    const size_t count = images * l->window.height * l->window.width * l->window.channels;
    (void)output;
    return ng_histogram_add(&c->histograms[layer], input, count) ||
           ng_fail(error, NG_EXIT_CHECK, "node '%s': an input is NaN or infinite during calibration", l->node->label);
}

static bool collect_attention(void *context, size_t attention, const float *left, const float *right, size_t images, ng_error *error)
{
    const collector *c = context;
    const ng_step *step = c->plan->steps;
    while (step->attention != (int)attention) {
        step++;
    }
    ng_histogram *own = &c->histograms[c->plan->layer_count + 2 * attention];
    return (ng_histogram_add(&own[0], left, images * ng_shape_count(&step->in[0].shape)) &&
            ng_histogram_add(&own[1], right, images * ng_shape_count(&step->in[1].shape))) ||
           ng_fail(error, NG_EXIT_CHECK, "node '%s': an operand is NaN or infinite during calibration", step->node->label);
}

size_t ng_histogram_count(const ng_plan *plan)
{
    return plan->layer_count + 2 * plan->attention_count;
}

bool ng_calibration_histograms(const ng_subject *subject, const ng_engine *engine, const size_t *order, size_t count,
                               ng_histogram **histograms, ng_error *error)
{
    const size_t all = ng_histogram_count(engine->plan);
    *histograms = calloc(all, sizeof **histograms);
    bool fine = *histograms != NULL;
    for (size_t i = 0; fine && i < all; i++) {
        fine = ng_histogram_init(&(*histograms)[i]);
    }
    collector c = {engine->plan, *histograms};
    const ng_watchers watchers = {.layer = collect, .attention = collect_attention, .context = &c};
    fine = fine ? run_images(subject, engine, order, count, &watchers, error) : no_memory(error);
    if (!fine) {
        ng_histograms_free(*histograms, all);
        *histograms = NULL;
    }
    return fine;
}

void ng_histograms_free(ng_histogram *histograms, size_t count)
{
    for (size_t i = 0; histograms != NULL && i < count; i++) {
        ng_histogram_free(&histograms[i]);
    }
    free(histograms);
}
