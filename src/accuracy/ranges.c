#include "src/accuracy/ranges.h"

#include <stdlib.h>

#include "src/accuracy/calibrate.h"
#include "src/quantize/scale.h"

typedef struct {
    const ng_subject *subject;
    ng_histogram *histograms; /* [tensors] */
    size_t *order;
    size_t images;
} collector;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the ranges of all tensors");
}

static bool collect(void *context, size_t step, const float *output, size_t images, ng_error *error)
{
    const collector *c = context;
    const ng_plan *plan = &c->subject->plan;
    const ng_argument *out = step < plan->step_count ? &plan->steps[step].out : &plan->input;
    return ng_histogram_add(&c->histograms[out->tensor], output, images * ng_shape_count(&out->shape)) ||
           ng_fail(error, NG_EXIT_CHECK, "a number is NaN or infinite during calibration, step %zu", step);
}

static bool run_images(const collector *c, const ng_engine *engine, ng_workspace *workspace, float *input, ng_error *error)
{
    const ng_dataset *set = &c->subject->calibration;
    bool fine = input != NULL || no_memory(error);
    for (size_t done = 0; fine && done < c->images; done += workspace->batch) {
        const size_t count = c->images - done < workspace->batch ? c->images - done : workspace->batch;
        for (size_t i = 0; fine && i < count; i++) {
            fine = ng_dataset_fetch(set, c->order[done + i], input + i * set->numbers, error);
        }
        fine = fine && ng_engine_watch(engine, workspace, input, count, collect, (void *)(uintptr_t)c, error);
    }
    return fine;
}

static bool run_fp32(const collector *c, ng_error *error)
{
    ng_engine engine;
    ng_workspace workspace;
    if (!ng_engine_init(&engine, &c->subject->plan, &(ng_recipe){.rule = NG_RULE_CEIL}, error)) {
        return false;
    }
    bool fine = ng_workspace_init(&workspace, &engine, 0, error);
    if (fine) {
        float *input = malloc(workspace.batch * c->subject->calibration.numbers * sizeof *input);
        fine = run_images(c, &engine, &workspace, input, error);
        free(input);
        ng_workspace_free(&workspace, &engine);
    }
    ng_engine_free(&engine);
    return fine;
}

static bool choose(const collector *c, const ng_calibration *method, const ng_format *format, ng_tensor_ranges *ranges, ng_error *error)
{
    ng_grid grid;
    ng_grid_init(&grid, format);
    for (size_t i = 0; i < c->subject->plan.tensor_count; i++) {
        ranges->largest[i] = c->histograms[i].largest;
        ranges->scale[i] = 1;
        if (c->histograms[i].total > 0 && !method->choose(&grid, &c->histograms[i], method->share, &ranges->scale[i])) {
            return no_memory(error);
        }
    }
    return true;
}

static bool measure(collector *c, const ng_accuracy_request *request, const ng_format *format, ng_tensor_ranges *ranges,
                    ng_error *error)
{
    const ng_calibration *method = ng_calibration_find(ng_calibration_name(request));
    const size_t tensors = c->subject->plan.tensor_count;
    bool fine = ranges->largest != NULL && ranges->scale != NULL && c->histograms != NULL;
    if (method == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "integer-only inference: no calibration '%.32s'", ng_calibration_name(request));
    }
    for (size_t i = 0; fine && i < tensors; i++) {
        fine = ng_histogram_init(&c->histograms[i]);
    }
    c->images = ng_calibration_used(c->subject, request);
    return (fine || no_memory(error)) && ng_calibration_draw(c->subject, request, &c->order, error) && run_fp32(c, error) &&
           choose(c, method, format, ranges, error);
}

bool ng_ranges_measure(const ng_subject *subject, const ng_accuracy_request *request, const ng_format *format, ng_tensor_ranges *ranges,
                       ng_error *error)
{
    const size_t tensors = subject->plan.tensor_count;
    collector c = {.subject = subject, .histograms = calloc(tensors, sizeof *c.histograms)};
    if (format->block != 0) {
        free(c.histograms);
        return ng_fail(error, NG_EXIT_USAGE, "integer-only inference: %s has blocks", format->name);
    }
    *ranges = (ng_tensor_ranges){malloc(tensors * sizeof(float)), malloc(tensors * sizeof(float))};
    const bool fine = measure(&c, request, format, ranges, error);
    ng_histograms_free(c.histograms, tensors);
    free(c.order);
    if (!fine) {
        ng_ranges_free(ranges);
    }
    return fine;
}

void ng_ranges_free(ng_tensor_ranges *ranges)
{
    free(ranges->largest);
    free(ranges->scale);
    *ranges = (ng_tensor_ranges){NULL, NULL};
}
