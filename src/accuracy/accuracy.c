#include "src/accuracy/accuracy.h"

#include <math.h>
#include <stdlib.h>

#include "model/unit.h"
#include "src/accuracy/evaluate.h"
#include "src/accuracy/quantise.h"
#include "src/accuracy/ranges.h"
#include "src/infer/attention.h"
#include "src/quantize/pair.h"
#include "src/quantize/scale.h"
#include "src/store/store.h"

#define NORMAL_95 1.959963984540054 /* two-sided 95 % quantile of the normal distribution */

static bool no_memory(ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "no memory for the record");
}

static double percent(const ng_score *score)
{
    return 100.0 * score->correct / score->images;
}

/* ---- keys ------------------------------------------------------------------------------------------------------ */

static unsigned image_count(const ng_subject *subject, const ng_accuracy_request *request)
{
    return request->images != NG_IMAGES_ALL ? request->images : (unsigned)subject->test.count;
}

static void start_key(ng_hash *hash, const ng_subject *subject, const ng_accuracy_request *request)
{
    ng_hash_start(hash);
    ng_hash_text(hash, "name", subject->name);
    ng_hash_text(hash, "network", subject->network_sha256);
    ng_hash_text(hash, "data", subject->data_sha256);
    ng_hash_text(hash, "source", request->source_hash != NULL ? request->source_hash : "");
    ng_hash_number(hash, "images", image_count(subject, request));
}

static void fp32_key(const ng_subject *subject, const ng_accuracy_request *request, char key[NG_HASH_SIZE])
{
    ng_hash hash;
    start_key(&hash, subject, request);
    ng_hash_end(&hash, key);
}

/* What stands in the records for the format of the first or the last layer. */
static const char *layer_word(const ng_format *format, bool keep)
{
    return keep ? "keep" : format != NULL ? format->name : "";
}

/* A setting that cannot be read has been refused before. */
static void hash_setting(ng_hash *hash, const ng_setting *setting)
{
    ng_tuning tuning;
    (void)ng_tuning_read(setting, &tuning, NULL);
    ng_hash_text(hash, "recipe", tuning.methods.text);
    ng_hash_text(hash, "granularity", tuning.granularity_text);
    ng_hash_number(hash, "scales", tuning.scales);
    ng_hash_number(hash, "bias", tuning.sums_bias);
    ng_hash_number(hash, "fake", tuning.fake);
    ng_hash_number(hash, "attention", tuning.attention);
    ng_hash_text(hash, "first", layer_word(setting->first, setting->keep_first));
    ng_hash_text(hash, "last", layer_word(setting->last, setting->keep_last));
    ng_hash_number(hash, "integer only", setting->integer_only);
    ng_hash_text(hash, "layers", setting->layers != NULL ? setting->layers : "");
}

static void pair_key(const ng_subject *subject, const ng_accuracy_request *request, char key[NG_HASH_SIZE])
{
    ng_hash hash;
    start_key(&hash, subject, request);
    ng_hash_text(&hash, "weights", request->weight->name);
    ng_hash_text(&hash, "activations", request->activation->name);
    ng_hash_text(&hash, "calibration", ng_calibration_name(request));
    ng_hash_number(&hash, "calibration images", ng_calibration_count(request));
    ng_hash_number(&hash, "seed", request->seed);
    hash_setting(&hash, &request->setting);
    ng_hash_end(&hash, key);
}

/* ---- fp32 ------------------------------------------------------------------------------------------------------ */

static bool evaluate_recipe(const ng_subject *subject, const ng_accuracy_request *request, const ng_recipe *recipe,
                            ng_engine *engine, ng_score *score, ng_error *error)
{
    if (!ng_engine_init(engine, &subject->plan, recipe, error)) {
        return false;
    }
    if (!ng_evaluate(subject, engine, request, score, error)) {
        ng_engine_free(engine);
        return false;
    }
    return true;
}

/* Multiply-accumulates of the weighted layers for one image; attention's products of activations are not among them. */
static json_int_t mac_count(const ng_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->layer_count; i++) {
        count += plan->layers[i].positions * plan->layers[i].reduction * plan->layers[i].channels;
    }
    return (json_int_t)count;
}

static json_t *fp32_record(const ng_subject *subject, const ng_score *score)
{
    return json_pack("{s:s, s:f, s:i, s:f, s:I, s:I, s:s, s:s}", "network", subject->name, "top1_pct", percent(score), "images",
                     (int)score->images, "images_per_s", score->images / score->seconds, "parameters",
                     (json_int_t)subject->network.parameters, "macs_per_image", mac_count(&subject->plan), "network_sha256",
                     subject->network_sha256, "data_sha256", subject->data_sha256);
}

static bool evaluate_fp32(ng_subject *subject, const ng_accuracy_request *request, json_t **record,
                          ng_error *error)
{
    const ng_recipe recipe = {.rule = NG_RULE_CEIL};
    ng_engine engine;
    ng_score score;
    if (!evaluate_recipe(subject, request, &recipe, &engine, &score, error)) {
        return false;
    }
    ng_engine_free(&engine);
    *record = fp32_record(subject, &score);
    return *record != NULL || no_memory(error);
}

/* A record from the store, or made and stored. */
typedef bool maker(ng_subject *subject, const ng_accuracy_request *request, json_t **record, ng_error *error);

static bool cached(const char *kind, const char key[NG_HASH_SIZE], maker *make, ng_subject *subject,
                   const ng_accuracy_request *request, json_t **record, ng_error *error)
{
    if (!ng_store_get(kind, key, record, error)) {
        return false;
    }
    if (*record != NULL) {
        return true;
    }
    if (!make(subject, request, record, error)) {
        return false;
    }
    if (!ng_store_put(kind, key, *record, error)) {
        json_decref(*record);
        *record = NULL;
        return false;
    }
    return true;
}

static bool cached_fp32(ng_subject *subject, const ng_accuracy_request *request, json_t **record,
                        ng_error *error)
{
    char key[NG_HASH_SIZE];
    fp32_key(subject, request, key);
    return cached("fp32", key, evaluate_fp32, subject, request, record, error);
}

/* ---- a pair ---------------------------------------------------------------------------------------------------- */

static json_t *layers_of(const ng_engine *engine)
{
    json_t *layers = json_array();
    for (size_t i = 0; i < engine->plan->layer_count; i++) {
        const ng_product *product = &engine->products[i];
        const bool fp32 = product->arithmetic == NG_FP32;
        (void)json_array_append_new(layers, json_pack("{s:s, s:s, s:s, s:I, s:s}", "name", product->layer->node->label, "weights",
                                                      fp32 ? "fp32" : product->recipe.weight->name, "activations",
                                                      fp32 ? "fp32" : product->recipe.activation->name, "reduction",
                                                      (json_int_t)product->layer->reduction, "arithmetic",
                                                      ng_arithmetic_name(product->arithmetic)));
    }
    return layers;
}

/* The products of two activations, where they are quantised. */
static json_t *attention_of(const ng_engine *engine)
{
    json_t *pairs = json_array();
    for (size_t i = 0; engine->attention != NULL && i < engine->plan->step_count; i++) {
        const ng_step *step = &engine->plan->steps[i];
        if (step->attention != NG_NO_ATTENTION) {
            const ng_attention_recipe *recipe = &engine->attention[step->attention];
            (void)json_array_append_new(pairs, json_pack("{s:s, s:s, s:i, s:s}", "name", step->node->label, "format",
                                                         recipe->format->name, "accumulator_bits",
                                                         (int)ng_attention_bits(recipe, step), "arithmetic",
                                                         ng_arithmetic_name(ng_attention_arithmetic(recipe, step))));
        }
    }
    return pairs;
}

typedef struct {
    unsigned accumulator_bits;
    size_t terms;
    size_t planes; /* of weights */
    unsigned long long weight_bits;
} summary;

static summary summarise(const ng_engine *engine)
{
    summary s = {0};
    for (size_t i = 0; i < engine->plan->layer_count; i++) {
        const ng_product *product = &engine->products[i];
        s.accumulator_bits = product->accumulator_bits > s.accumulator_bits ? product->accumulator_bits : s.accumulator_bits;
        s.terms = product->terms > s.terms ? product->terms : s.terms;
        s.planes = product->sums / product->slices > s.planes ? product->sums / product->slices : s.planes;
        s.weight_bits += product->weight_bits;
    }
    return s;
}

/* Normal approximation of the binomial interval, with the shares kept off 0 and 1 by half an image. */
static double interval(const ng_score *score)
{
    const double images = score->images;
    const double share = (score->correct + 0.5) / (images + 1);
    return 100 * NORMAL_95 * sqrt(share * (1 - share) / images);
}

/* What multiplied: the pair's exact sums, with a circuit to cost or without one, or fp32, which has no accumulator. */
static void add_compute(json_t *record, const ng_accuracy_request *request, const ng_tuning *tuning)
{
    const bool fp32 = ng_methods_store_only(&tuning->methods);
    (void)json_object_set_new(record, "compute", json_string(fp32 ? "fp32" : tuning->fake ? "fake" : "exact"));
    (void)json_object_set_new(record, "circuit",
                              json_boolean(!fp32 && ng_has_circuit(request->weight, request->activation)));
    if (fp32) {
        (void)json_object_set_new(record, "activations", json_string("fp32"));
        (void)json_object_del(record, "accumulator_bits");
        (void)json_object_del(record, "terms");
    }
}

static void add_setting(json_t *record, const ng_accuracy_request *request)
{
    const ng_setting *setting = &request->setting;
    ng_tuning tuning;
    const char *first = layer_word(setting->first, setting->keep_first);
    const char *last = layer_word(setting->last, setting->keep_last);
    (void)ng_tuning_read(setting, &tuning, NULL);
    add_compute(record, request, &tuning);
    (void)json_object_set_new(record, "recipe", json_string(tuning.methods.text));
    (void)json_object_set_new(record, "granularity", json_string(tuning.granularity_text));
    (void)json_object_set_new(record, "scales", json_string(ng_scale_kind_name(tuning.scales)));
    (void)json_object_set_new(record, "bias", json_string(tuning.sums_bias ? "accumulator" : "fp32"));
    (void)json_object_set_new(record, "arith", json_string(tuning.fake ? "fake" : "exact"));
    (void)json_object_set_new(record, "attention", json_string(tuning.attention ? "quantised" : "fp32"));
    if (first[0] != 0) {
        (void)json_object_set_new(record, "first", json_string(first));
    }
    if (last[0] != 0) {
        (void)json_object_set_new(record, "last", json_string(last));
    }
    if (setting->integer_only) {
        (void)json_object_set_new(record, "integer_only", json_true());
    }
    if (setting->layers != NULL && setting->layers[0] != 0) {
        (void)json_object_set_new(record, "layer_formats", json_string(setting->layers));
    }
}

static json_t *pair_record(const ng_subject *subject, const ng_accuracy_request *request, const ng_engine *engine,
                           const ng_score *score, double fp32_top1)
{
    const summary s = summarise(engine);
    json_t *record = json_pack("{s:s, s:s, s:s, s:f, s:f, s:f, s:i, s:f, s:i, s:I, s:s, s:i, s:I, s:I, s:I, s:o, s:s, s:s, s:I}", "network",
                     subject->name, "weights", request->weight->name, "activations", request->activation->name,
                     "top1_pct", percent(score), "fp32_top1_pct", fp32_top1, "interval95_pct", interval(score), "images",
                     (int)score->images, "images_per_s", score->images / score->seconds, "accumulator_bits",
                     (int)s.accumulator_bits, "terms", (json_int_t)s.terms, "calibration", ng_calibration_name(request),
                     "calibration_images", (int)ng_calibration_count(request), "weight_bits",
                     (json_int_t)s.weight_bits, "parameters", (json_int_t)subject->network.parameters, "macs_per_image",
                     mac_count(&subject->plan), "layers", layers_of(engine), "network_sha256", subject->network_sha256,
                     "data_sha256", subject->data_sha256, "seed", (json_int_t)request->seed);
    (void)json_object_set_new(record, "planes", json_integer((json_int_t)s.planes));
    add_setting(record, request);
    if (engine->attention != NULL) {
        (void)json_object_set_new(record, "products", attention_of(engine));
    }
    return record;
}

static bool evaluate_integers(const ng_subject *subject, const ng_accuracy_request *request, const ng_quantised *quantised,
                              double fp32_top1, json_t **record, ng_error *error)
{
    ng_tensor_ranges ranges;
    ng_integer integer;
    ng_score score;
    if (!ng_ranges_measure(subject, request, quantised->layers[0].activation, &ranges, error)) {
        return false;
    }
    const bool made = ng_integer_init(&integer, &subject->plan, &quantised->recipe, &ranges, error);
    ng_ranges_free(&ranges);
    if (!made) {
        return false;
    }
    const bool fine = ng_evaluate(subject, &integer.sums, request, &score, error);
    *record = fine ? pair_record(subject, request, &integer.sums, &score, fp32_top1) : NULL;
    ng_integer_free(&integer);
    return fine && (*record != NULL || no_memory(error));
}

static bool evaluate_quantised(const ng_subject *subject, const ng_accuracy_request *request, const ng_quantised *quantised,
                               double fp32_top1, json_t **record, ng_error *error)
{
    ng_engine engine;
    ng_score score;
    if (!evaluate_recipe(subject, request, &quantised->recipe, &engine, &score, error)) {
        return false;
    }
    *record = pair_record(subject, request, &engine, &score, fp32_top1);
    ng_engine_free(&engine);
    return *record != NULL || no_memory(error);
}

/* The unquantised network first: a recipe rewrites it. */
static bool evaluate_pair(ng_subject *subject, const ng_accuracy_request *request, json_t **record,
                          ng_error *error)
{
    ng_quantised quantised;
    json_t *fp32;
    if (!cached_fp32(subject, request, &fp32, error)) {
        return false;
    }
    const double fp32_top1 = json_number_value(json_object_get(fp32, "top1_pct"));
    json_decref(fp32);
    if (!ng_quantise(subject, request, &quantised, error)) {
        return false;
    }
    const bool fine = request->setting.integer_only
                          ? evaluate_integers(subject, request, &quantised, fp32_top1, record, error)
                          : evaluate_quantised(subject, request, &quantised, fp32_top1, record, error);
    ng_quantised_free(&quantised);
    return fine;
}

static bool cached_pair(ng_subject *subject, const ng_accuracy_request *request, json_t **record,
                        ng_error *error)
{
    char key[NG_HASH_SIZE];
    pair_key(subject, request, key);
    return cached("accuracy", key, evaluate_pair, subject, request, record, error);
}

/* ---- the interface --------------------------------------------------------------------------------------------- */

static bool with_subject(maker *make, const ng_accuracy_request *request, json_t **record, ng_error *error)
{
    ng_subject subject;
    *record = NULL;
    if (!ng_subject_load(&subject, request, error)) {
        return false;
    }
    const bool fine = make(&subject, request, record, error);
    ng_subject_free(&subject);
    return fine;
}

bool ng_accuracy_fp32(const ng_accuracy_request *request, json_t **record, ng_error *error)
{
    return with_subject(cached_fp32, request, record, error);
}

bool ng_accuracy(const ng_accuracy_request *request, json_t **record, ng_error *error)
{
    ng_tuning tuning;
    *record = NULL;
    if (!ng_tuning_read(&request->setting, &tuning, error)) {
        return false;
    }
    if (!ng_methods_store_only(&tuning.methods) && !ng_pair_check(request->weight, request->activation, error)) {
        return false;
    }
    if (ng_calibration_find(ng_calibration_name(request)) == NULL && !ng_request_is_block(request)) {
        return ng_fail(error, NG_EXIT_USAGE, "no calibration method '%.32s'", request->calibration);
    }
    return with_subject(cached_pair, request, record, error);
}
