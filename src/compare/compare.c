#include "src/compare/compare.h"

#include <math.h>
#include <stdlib.h>

#include "src/accuracy/quantise.h"
#include "src/compare/paired.h"
#include "src/infer/attention.h"
#include "src/quantize/pair.h"
#include "src/store/store.h"

/* A network in both arithmetics. */
typedef struct {
    const ng_subject *subject;
    ng_engine exact;
    ng_engine fake;
    ng_workspace exact_memory;
    ng_workspace fake_memory;
    float *input; /* a batch of images */
} duel;

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the comparison");
}

/* ---- the emulated twin ------------------------------------------------------------------------------------------- */

/* The same layers and attention, but FAKE; what the copies point to stays the original's. */
typedef struct {
    ng_recipe recipe;
    ng_layer_recipe *layers;
    struct ng_attention_recipe *attention;
} twin;

static void free_twin(twin *made)
{
    free(made->layers);
    free(made->attention);
    *made = (twin){.layers = NULL};
}

static bool make_twin(const ng_quantised *quantised, size_t attentions, twin *made, ng_error *error)
{
    *made = (twin){.recipe = quantised->recipe};
    made->layers = calloc(quantised->layer_count + 1, sizeof *made->layers);
    made->attention = calloc(attentions + 1, sizeof *made->attention);
    if (made->layers == NULL || made->attention == NULL) {
        free_twin(made);
        return no_memory(error);
    }
    for (size_t i = 0; i < quantised->layer_count; i++) {
        made->layers[i] = quantised->layers[i];
        made->layers[i].fake = true;
        made->layers[i].sums_bias = false; /* there is no accumulator to add it to */
    }
    made->recipe.layers = made->layers;
    for (size_t i = 0; quantised->attention != NULL && i < attentions; i++) {
        made->attention[i] = quantised->attention[i];
        made->attention[i].fake = true;
        made->recipe.attention = made->attention;
    }
    return true;
}

/* ---- images ------------------------------------------------------------------------------------------------------ */

/* Index of the largest score, the first of equal ones; -1 if one is NaN. */
static int best_class(const float *scores, size_t count)
{
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(scores[i])) {
            return -1;
        }
        best = scores[i] > scores[best] ? (int)i : best;
    }
    return best;
}

static bool tally_batch(const duel *d, unsigned first, unsigned count, ng_paired *tally, ng_error *error)
{
    const size_t classes = ng_shape_count(&d->exact.plan->output.shape);
    for (unsigned i = 0; i < count; i++) {
        const int exact = best_class(d->exact_memory.logits + i * classes, classes);
        const int fake = best_class(d->fake_memory.logits + i * classes, classes);
        const int label = (int)d->subject->test.labels[first + i];
        if (exact < 0 || fake < 0) {
            return ng_fail(error, NG_EXIT_CHECK, "a score of test image %u is NaN", first + i);
        }
        tally->differ += exact != fake;
        tally->both += exact == label && fake == label;
        tally->first_only += exact == label && fake != label;
        tally->second_only += exact != label && fake == label;
    }
    tally->images += count;
    return true;
}

static bool run_batch(duel *d, unsigned first, unsigned count, ng_paired *tally, ng_error *error)
{
    const ng_dataset *test = &d->subject->test;
    for (unsigned i = 0; i < count; i++) {
        if (!ng_dataset_fetch(test, first + i, d->input + i * test->numbers, error)) {
            return false;
        }
    }
    return ng_engine_run(&d->exact, &d->exact_memory, d->input, count, NULL, NULL, error) &&
           ng_engine_run(&d->fake, &d->fake_memory, d->input, count, NULL, NULL, error) &&
           tally_batch(d, first, count, tally, error);
}

static bool run_all(duel *d, const ng_accuracy_request *request, unsigned images, ng_paired *tally, ng_error *error)
{
    const unsigned batch = (unsigned)d->exact_memory.batch;
    bool fine = true;
    for (unsigned first = 0; fine && first < images; first += batch) {
        const unsigned count = images - first < batch ? images - first : batch;
        fine = run_batch(d, first, count, tally, error);
        if (fine && request->progress != NULL) {
            request->progress(request->context, first + count, images);
        }
    }
    return fine;
}

static bool prepare(duel *d, const ng_quantised *quantised, const twin *fake, ng_error *error)
{
    const ng_plan *plan = &d->subject->plan;
    if (!ng_engine_init(&d->exact, plan, &quantised->recipe, error) || !ng_engine_init(&d->fake, plan, &fake->recipe, error) ||
        !ng_workspace_init(&d->exact_memory, &d->exact, 0, error) ||
        !ng_workspace_init(&d->fake_memory, &d->fake, d->exact_memory.batch, error)) {
        return false;
    }
    d->input = malloc(d->exact_memory.batch * d->subject->test.numbers * sizeof *d->input);
    return d->input != NULL || no_memory(error);
}

static void free_duel(duel *d)
{
    free(d->input);
    ng_workspace_free(&d->fake_memory, &d->fake);
    ng_workspace_free(&d->exact_memory, &d->exact);
    ng_engine_free(&d->fake);
    ng_engine_free(&d->exact);
}

static unsigned image_count(const ng_subject *subject, const ng_accuracy_request *request)
{
    return request->images != NG_IMAGES_ALL ? request->images : (unsigned)subject->test.count;
}

static bool count(ng_subject *subject, const ng_accuracy_request *request, ng_paired *tally, ng_error *error)
{
    ng_quantised quantised;
    twin fake;
    duel d = {.subject = subject};
    if (!ng_quantise(subject, request, &quantised, error)) {
        return false;
    }
    bool fine = make_twin(&quantised, subject->plan.attention_count, &fake, error);
    if (fine) {
        fine = prepare(&d, &quantised, &fake, error) &&
               run_all(&d, request, image_count(subject, request), tally, error);
        free_duel(&d);
        free_twin(&fake);
    }
    ng_quantised_free(&quantised);
    return fine;
}

/* ---- the record -------------------------------------------------------------------------------------------------- */

static const char *layer_word(const ng_format *format, bool keep)
{
    return keep ? "keep" : format != NULL ? format->name : "";
}

static void make_key(const ng_subject *subject, const ng_accuracy_request *request, const ng_tuning *tuning, char key[NG_HASH_SIZE])
{
    const ng_setting *setting = &request->setting;
    ng_hash hash;
    ng_hash_start(&hash);
    ng_hash_text(&hash, "source", request->source_hash != NULL ? request->source_hash : "");
    ng_hash_text(&hash, "name", subject->name);
    ng_hash_text(&hash, "network", subject->network_sha256);
    ng_hash_text(&hash, "data", subject->data_sha256);
    ng_hash_number(&hash, "images", image_count(subject, request));
    ng_hash_text(&hash, "weights", request->weight->name);
    ng_hash_text(&hash, "activations", request->activation->name);
    ng_hash_text(&hash, "calibration", ng_calibration_name(request));
    ng_hash_number(&hash, "calibration images", ng_calibration_count(request));
    ng_hash_number(&hash, "seed", request->seed);
    ng_hash_text(&hash, "recipe", tuning->methods.text);
    ng_hash_text(&hash, "granularity", tuning->granularity_text);
    ng_hash_number(&hash, "scales", tuning->scales);
    ng_hash_number(&hash, "bias", tuning->sums_bias);
    ng_hash_number(&hash, "attention", tuning->attention);
    ng_hash_text(&hash, "first", layer_word(setting->first, setting->keep_first));
    ng_hash_text(&hash, "last", layer_word(setting->last, setting->keep_last));
    ng_hash_text(&hash, "layers", setting->layers != NULL ? setting->layers : "");
    ng_hash_end(&hash, key);
}

static json_t *make_record(const ng_subject *subject, const ng_accuracy_request *request, const ng_tuning *tuning,
                           const ng_paired *tally)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:I, s:f, s:f, s:f, s:f, s:i, s:i, s:i, s:s, s:s}", "network", subject->name,
                     "weights", request->weight->name, "activations", request->activation->name, "recipe", tuning->methods.text,
                     "calibration", ng_calibration_name(request), "images", (int)tally->images, "seed", (json_int_t)request->seed,
                     "exact_top1_pct", ng_paired_first(tally), "fake_top1_pct", ng_paired_second(tally), "difference_points",
                     ng_paired_difference(tally), "interval95_points", ng_paired_interval95(tally), "differ", (int)tally->differ,
                     "exact_only", (int)tally->first_only, "fake_only", (int)tally->second_only, "network_sha256",
                     subject->network_sha256, "data_sha256", subject->data_sha256);
}

static bool find_or_count(ng_subject *subject, const ng_accuracy_request *request, const ng_tuning *tuning, json_t **record,
                          ng_error *error)
{
    char key[NG_HASH_SIZE];
    ng_paired tally = {.images = 0};
    make_key(subject, request, tuning, key);
    if (!ng_store_get("compare", key, record, error)) {
        return false;
    }
    if (*record != NULL) {
        return true;
    }
    if (!count(subject, request, &tally, error)) {
        return false;
    }
    *record = make_record(subject, request, tuning, &tally);
    if (*record == NULL) {
        return no_memory(error);
    }
    if (!ng_store_put("compare", key, *record, error)) {
        json_decref(*record);
        *record = NULL;
        return false;
    }
    return true;
}

bool ng_compare(const ng_accuracy_request *request, json_t **record, ng_error *error)
{
    ng_accuracy_request exact = *request;
    ng_tuning tuning;
    ng_subject subject;
    exact.setting.arith = "exact";
    *record = NULL;
    if (!ng_tuning_read(&exact.setting, &tuning, error)) {
        return false;
    }
    if (exact.setting.integer_only || ng_methods_store_only(&tuning.methods)) {
        return ng_fail(error, NG_EXIT_USAGE, "nothing to compare: %s has no emulation in fp32",
                       exact.setting.integer_only ? "a network in integers alone" : "a recipe that computes in fp32");
    }
    if (!ng_pair_check(request->weight, request->activation, error)) {
        return false;
    }
    if (!ng_subject_load(&subject, &exact, error)) {
        return false;
    }
    const bool fine = find_or_count(&subject, &exact, &tuning, record, error);
    ng_subject_free(&subject);
    return fine;
}
