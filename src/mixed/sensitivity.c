#include "src/mixed/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/accuracy/calibrate.h"
#include "src/accuracy/quantise.h"

/* One option at a time: the network, and the images with the answers of fp32. */
typedef struct {
    ng_subject subject;
    ng_quantised quantised;
    ng_engine fp32;      /* in which one layer after another is exchanged for a quantised one */
    ng_engine ready;     /* all layers quantised */
    size_t *order;
    size_t images;
    size_t classes;
    float *input;        /* a batch of images */
    double *reference;   /* [images][classes] log p */
    double *answer;      /* [classes] */
    ng_error *error;
} work;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the sensitivities");
}

static void log_softmax(const float *scores, size_t count, double *out)
{
    double largest = -INFINITY;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, (double)scores[i]);
    }
    for (size_t i = 0; i < count; i++) {
        sum += exp((double)scores[i] - largest);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (double)scores[i] - largest - log(sum);
    }
}

static double divergence(const double *log_p, const double *log_q, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += exp(log_p[i]) * (log_p[i] - log_q[i]);
    }
    return fmax(sum, 0);
}

/* Images [done, done + count) with the present layers; keep: their answers become the reference, else *sum grows by their
 * divergence from it. */
static bool run_batch(work *w, ng_workspace *workspace, size_t done, size_t count, bool keep, double *sum)
{
    const ng_dataset *set = &w->subject.calibration;
    for (size_t i = 0; i < count; i++) {
        if (!ng_dataset_fetch(set, w->order[done + i], w->input + i * set->numbers, w->error)) {
            return false;
        }
    }
    if (!ng_engine_run(&w->fp32, workspace, w->input, count, NULL, NULL, w->error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        double *own = w->reference + (done + i) * w->classes;
        log_softmax(workspace->logits + i * w->classes, w->classes, keep ? own : w->answer);
        *sum += keep ? 0 : divergence(own, w->answer, w->classes);
    }
    return true;
}

/* All images; *loss is the mean divergence. */
static bool run_images(work *w, bool keep, double *loss)
{
    ng_workspace workspace;
    double sum = 0;
    if (!ng_workspace_init(&workspace, &w->fp32, w->subject.plan.batch, w->error)) {
        return false;
    }
    bool fine = true;
    for (size_t done = 0; fine && done < w->images; done += workspace.batch) {
        const size_t left = w->images - done;
        fine = run_batch(w, &workspace, done, left < workspace.batch ? left : workspace.batch, keep, &sum);
    }
    ng_workspace_free(&workspace, &w->fp32);
    *loss = sum / (double)w->images;
    return fine && (isfinite(sum) || ng_fail(w->error, NG_EXIT_CHECK, "an answer to a calibration image is not finite"));
}

static void exchange(ng_product *a, ng_product *b)
{
    const ng_product kept = *a;
    *a = *b;
    *b = kept;
}

static bool measure_layers(work *w, size_t option, ng_sensitivity *result)
{
    double none;
    bool fine = run_images(w, true, &none);
    for (size_t layer = 0; fine && layer < result->layers; layer++) {
        const size_t at = layer * result->options + option;
        result->weight_bits[at] = (double)w->ready.products[layer].weight_bits;
        exchange(&w->fp32.products[layer], &w->ready.products[layer]);
        fine = run_images(w, false, &result->loss[at]);
        exchange(&w->fp32.products[layer], &w->ready.products[layer]);
    }
    return fine;
}

static bool allocate_result(const ng_plan *plan, size_t options, ng_sensitivity *result)
{
    const size_t layers = plan->layer_count;
    result->layers = layers;
    result->options = options;
    result->loss = calloc(layers * (2 * options + 1), sizeof *result->loss);
    result->names = calloc(layers, sizeof *result->names);
    if (result->loss == NULL || result->names == NULL) {
        return false;
    }
    result->weight_bits = result->loss + layers * options;
    result->macs = result->weight_bits + layers * options;
    for (size_t i = 0; i < layers; i++) {
        const ng_layer *layer = &plan->layers[i];
        result->macs[i] = (double)layer->positions * (double)layer->reduction * (double)layer->channels;
        memcpy(result->names[i], layer->node->label, sizeof result->names[i] - 1);
    }
    return true;
}

static bool measure_option(work *w, size_t option, ng_sensitivity *result)
{
    const ng_recipe plain = {.rule = NG_RULE_CEIL};
    w->classes = ng_shape_count(&w->subject.plan.output.shape);
    if (!ng_engine_init(&w->fp32, &w->subject.plan, &plain, w->error) ||
        !ng_engine_init(&w->ready, &w->subject.plan, &w->quantised.recipe, w->error)) {
        return false;
    }
    w->input = malloc(w->subject.plan.batch * w->subject.calibration.numbers * sizeof *w->input);
    w->reference = malloc((w->images + 1) * w->classes * sizeof *w->reference);
    if (w->input == NULL || w->reference == NULL) {
        return no_memory(w->error);
    }
    w->answer = w->reference + w->images * w->classes;
    return measure_layers(w, option, result);
}

static void free_work(work *w)
{
    ng_engine_free(&w->fp32);
    ng_engine_free(&w->ready);
    ng_quantised_free(&w->quantised);
    ng_subject_free(&w->subject);
    free(w->order);
    free(w->input);
    free(w->reference);
}

/* Methods may rewrite the network: every option has its own. */
static bool try_option(const ng_accuracy_request *request, size_t option, size_t options, ng_sensitivity *result, ng_error *error)
{
    work w = {.error = error};
    bool fine = ng_subject_load(&w.subject, request, error) &&
                (option > 0 || allocate_result(&w.subject.plan, options, result) || no_memory(error));
    if (fine) {
        w.images = ng_calibration_used(&w.subject, request);
        fine = ng_calibration_draw(&w.subject, request, &w.order, error) &&
               ng_quantise(&w.subject, request, &w.quantised, error) && measure_option(&w, option, result);
    }
    free_work(&w);
    return fine;
}

bool ng_sensitivity_measure(const ng_accuracy_request *request, const ng_option *options, size_t count, ng_sensitivity *result,
                            ng_error *error)
{
    bool fine = true;
    *result = (ng_sensitivity){.layers = 0};
    for (size_t option = 0; fine && option < count; option++) {
        ng_accuracy_request own = *request;
        own.weight = &options[option].weight;
        own.activation = &options[option].activation;
        fine = try_option(&own, option, count, result, error);
    }
    if (!fine) {
        ng_sensitivity_free(result);
    }
    return fine;
}

void ng_sensitivity_free(ng_sensitivity *result)
{
    free(result->loss);
    free(result->names);
    *result = (ng_sensitivity){.layers = 0};
}
