#include "src/study/study.h"

#include <cyaml/cyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "src/base/file.h"
#include "src/data/spec.h"
#include "src/formats/lookup.h"

/* ---- the file as it is written ---- */

typedef struct {
    const char **weights;
    unsigned weights_count;
    const char **activations;
    unsigned activations_count;
} file_pairs;

typedef struct {
    const char *unit;
    unsigned lanes;
    unsigned width;
    const char *target;
} file_cost;

typedef struct {
    const char *name;
    unsigned seed;
    const char **formats;
    unsigned formats_count;
    file_pairs *pairs;
    unsigned pairs_count;
    const char **verify;
    unsigned verify_count;
    file_cost *cost;
    unsigned cost_count;
    const char **networks;
    unsigned networks_count;
    const char *calibration;
    const char **recipes;
    unsigned recipes_count;
    const char *granularity;
    const char *scales;
    const char *bias;
    const char *first;
    const char *last;
    unsigned images;
    ng_spec_text *dataset;
    bool energy;
    const char **arith;
    unsigned arith_count;
    file_pairs *fake_pairs;
    unsigned fake_pairs_count;
} file_study;

static const cyaml_schema_value_t word = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, NG_STUDY_NAME_SIZE - 1)};

static const cyaml_schema_value_t recipe = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, NG_RECIPE_TEXT_SIZE - 1)};

static const cyaml_schema_field_t pairs_fields[] = {
    CYAML_FIELD_SEQUENCE("weights", CYAML_FLAG_POINTER, file_pairs, weights, &word, 1, 256),
    CYAML_FIELD_SEQUENCE("activations", CYAML_FLAG_POINTER, file_pairs, activations, &word, 1, 256), CYAML_FIELD_END};

static const cyaml_schema_value_t pairs_entry = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, file_pairs, pairs_fields)};

static const cyaml_schema_field_t cost_fields[] = {
    CYAML_FIELD_STRING_PTR("unit", CYAML_FLAG_POINTER, file_cost, unit, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_UINT("lanes", CYAML_FLAG_OPTIONAL, file_cost, lanes),
    CYAML_FIELD_UINT("width", CYAML_FLAG_OPTIONAL, file_cost, width),
    CYAML_FIELD_STRING_PTR("target", CYAML_FLAG_POINTER, file_cost, target, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_END};

static const cyaml_schema_value_t cost_entry = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, file_cost, cost_fields)};

enum { OPTIONAL_LIST = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL };

static const cyaml_schema_field_t study_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, file_study, name, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_UINT("seed", CYAML_FLAG_OPTIONAL, file_study, seed),
    CYAML_FIELD_SEQUENCE("formats", OPTIONAL_LIST, file_study, formats, &word, 0, 256),
    CYAML_FIELD_SEQUENCE("pairs", OPTIONAL_LIST, file_study, pairs, &pairs_entry, 0, 256),
    CYAML_FIELD_SEQUENCE("verify", OPTIONAL_LIST, file_study, verify, &word, 0, NG_UNIT_KIND_COUNT),
    CYAML_FIELD_SEQUENCE("cost", OPTIONAL_LIST, file_study, cost, &cost_entry, 0, NG_STUDY_COSTS_MAX),
    CYAML_FIELD_SEQUENCE("networks", OPTIONAL_LIST, file_study, networks, &word, 0, NG_STUDY_NETWORKS_MAX),
    CYAML_FIELD_STRING_PTR("calibration", OPTIONAL_LIST, file_study, calibration, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_SEQUENCE("recipes", OPTIONAL_LIST, file_study, recipes, &recipe, 0, NG_STUDY_RECIPES_MAX),
    CYAML_FIELD_STRING_PTR("weight_granularity", OPTIONAL_LIST, file_study, granularity, 1, NG_SETTING_TEXT_SIZE - 1),
    CYAML_FIELD_STRING_PTR("scales", OPTIONAL_LIST, file_study, scales, 1, NG_SETTING_TEXT_SIZE - 1),
    CYAML_FIELD_STRING_PTR("bias", OPTIONAL_LIST, file_study, bias, 1, NG_SETTING_TEXT_SIZE - 1),
    CYAML_FIELD_STRING_PTR("first", OPTIONAL_LIST, file_study, first, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_STRING_PTR("last", OPTIONAL_LIST, file_study, last, 1, NG_STUDY_NAME_SIZE - 1),
    CYAML_FIELD_UINT("images", CYAML_FLAG_OPTIONAL, file_study, images),
    CYAML_FIELD_BOOL("energy", CYAML_FLAG_OPTIONAL, file_study, energy),
    CYAML_FIELD_SEQUENCE("arith", OPTIONAL_LIST, file_study, arith, &word, 0, 2),
    CYAML_FIELD_SEQUENCE("fake_pairs", OPTIONAL_LIST, file_study, fake_pairs, &pairs_entry, 0, 256),
    CYAML_FIELD_MAPPING_PTR("dataset", OPTIONAL_LIST, file_study, dataset, ng_spec_fields),
    CYAML_FIELD_END};

static const cyaml_schema_value_t study_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, file_study, study_fields)};

/* Keeps the first messages of libcyaml; they name the line. */
static void keep_message(cyaml_log_t level, void *context, const char *format, va_list arguments)
{
    char *text = context;
    const size_t length = strlen(text);
    if (level >= CYAML_LOG_ERROR && length + 2 < NG_ERROR_SIZE / 2) {
        (void)vsnprintf(text + length, NG_ERROR_SIZE / 2 - length, format, arguments);
        for (char *end = strchr(text, '\n'); end != NULL; end = strchr(end, '\n')) {
            *end = ' ';
        }
    }
}

/* ---- the file as it is meant ---- */

/* The study's own copy of a format. */
static bool find_format(const char *path, const char *name, ng_study *study, const ng_format **format, ng_error *error)
{
    ng_format named;
    if (!ng_format_lookup(path, name, NULL, &named, error)) {
        return false;
    }
    size_t at = 0;
    while (at < study->format_count && !ng_format_same(&study->formats[at], &named)) {
        at++;
    }
    if (at == NG_STUDY_FORMATS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: more than %d formats", path, NG_STUDY_FORMATS_MAX);
    }
    if (at == study->format_count) {
        study->formats[study->format_count++] = named;
    }
    *format = &study->formats[at];
    return true;
}

static bool find_kind(const char *path, const char *name, ng_unit_kind *kind, ng_error *error)
{
    if (ng_unit_kind_find(name, kind) && ng_study_takes(*kind)) {
        return true;
    }
    return ng_fail(error, NG_EXIT_USAGE, "%s: unknown unit '%s' (mul, mac, dot, convert, dsp_dot, dsp_mac)", path, name);
}

/* A name that becomes part of a command line or a path: letters, digits, '_', '-', '.', '/' and no leading '-'. */
static bool copy_name(const char *path, const char *from, char to[NG_STUDY_NAME_SIZE], ng_error *error)
{
    const char *legal = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    if (from[0] == '-' || strspn(from, legal) != strlen(from)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: '%s' is not a usable name", path, from);
    }
    (void)snprintf(to, NG_STUDY_NAME_SIZE, "%s", from);
    return true;
}

static bool add_pair(const char *path, const char *weight, const char *activation, ng_study *study, ng_error *error)
{
    ng_pair pair;
    ng_family family;
    if (!find_format(path, weight, study, &pair.weight, error) ||
        !find_format(path, activation, study, &pair.activation, error)) {
        return false;
    }
    if (ng_pair_family(pair.weight, pair.activation, &family) != NG_OK) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: no unit multiplies %s x %s", path, weight, activation);
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        if (study->pairs[i].weight == pair.weight && study->pairs[i].activation == pair.activation) {
            return true;
        }
    }
    if (study->pair_count == NG_PAIRS_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: more than %d pairs", path, NG_PAIRS_MAX);
    }
    study->pairs[study->pair_count++] = pair;
    return true;
}

static bool read_pairs(const char *path, const file_study *file, ng_study *study, ng_error *error)
{
    for (unsigned i = 0; i < file->formats_count; i++) {
        if (!add_pair(path, file->formats[i], file->formats[i], study, error)) {
            return false;
        }
    }
    for (unsigned i = 0; i < file->pairs_count; i++) {
        const file_pairs *row = &file->pairs[i];
        for (unsigned j = 0; j < row->weights_count * row->activations_count; j++) {
            if (!add_pair(path, row->weights[j / row->activations_count], row->activations[j % row->activations_count],
                          study, error)) {
                return false;
            }
        }
    }
    return study->pair_count != 0 || ng_fail(error, NG_EXIT_USAGE, "%s: no format pairs", path);
}

static bool read_costs(const char *path, const file_study *file, ng_study *study, ng_error *error)
{
    for (unsigned i = 0; i < file->cost_count; i++) {
        ng_study_cost *cost = &study->costs[study->cost_count++];
        cost->lanes = file->cost[i].lanes;
        cost->width = file->cost[i].width;
        if (!find_kind(path, file->cost[i].unit, &cost->kind, error) ||
            !copy_name(path, file->cost[i].target, cost->target, error)) {
            return false;
        }
        if (cost->width != 0 && !ng_study_packs(cost->kind)) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: unit %s has no width", path, file->cost[i].unit);
        }
        if (cost->lanes > NG_LANES_MAX) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: %u lanes are more than %d", path, cost->lanes, NG_LANES_MAX);
        }
    }
    return true;
}

/* A recipe in its canonical words, once. */
static bool add_recipe(const char *path, const char *text, ng_study *study, ng_error *error)
{
    ng_methods methods;
    ng_error why;
    if (!ng_methods_read(text, &methods, &why)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %s", path, why.text);
    }
    for (size_t i = 0; i < study->recipe_count; i++) {
        if (strcmp(study->recipes[i], methods.text) == 0) {
            return true;
        }
    }
    (void)snprintf(study->recipes[study->recipe_count++], NG_RECIPE_TEXT_SIZE, "%s", methods.text);
    return true;
}

/* The format of the first or last layer: its name has been checked when it arrives in `to`. */
static bool read_end(const char *path, const char *name, char to[NG_STUDY_NAME_SIZE], ng_error *error)
{
    ng_format format;
    if (name == NULL) {
        return true;
    }
    (void)snprintf(to, NG_STUDY_NAME_SIZE, "%s", name);
    return strcmp(name, "keep") == 0 || ng_format_lookup(path, name, NULL, &format, error);
}

static bool read_setting(const char *path, const file_study *file, ng_study *study, ng_error *error)
{
    const ng_setting setting = {.granularity = file->granularity, .scales = file->scales, .bias = file->bias};
    ng_tuning tuning;
    ng_error why;
    bool fine = true;
    for (unsigned i = 0; fine && i < file->recipes_count; i++) {
        fine = add_recipe(path, file->recipes[i], study, error);
    }
    if (!fine || (study->recipe_count == 0 && !add_recipe(path, "plain", study, error))) {
        return false;
    }
    if (!ng_tuning_read(&setting, &tuning, &why)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %s", path, why.text);
    }
    (void)snprintf(study->granularity, sizeof study->granularity, "%s", tuning.granularity_text);
    (void)snprintf(study->scales, sizeof study->scales, "%s", ng_scale_kind_name(tuning.scales));
    (void)snprintf(study->bias, sizeof study->bias, "%s", tuning.sums_bias ? "accumulator" : "fp32");
    return read_end(path, file->first, study->first, error) && read_end(path, file->last, study->last, error);
}

/* `exact` is what every accuracy of a study is; `fake` may stand beside it, not in its place. */
static bool read_arith(const char *path, const file_study *file, bool *fake, ng_error *error)
{
    bool exact = file->arith_count == 0;
    *fake = false;
    for (unsigned i = 0; i < file->arith_count; i++) {
        const bool is_exact = strcmp(file->arith[i], "exact") == 0;
        if (!is_exact && strcmp(file->arith[i], "fake") != 0) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: arith: unknown arithmetic '%s' (exact, fake)", path, file->arith[i]);
        }
        exact = exact || is_exact;
        *fake = *fake || !is_exact;
    }
    if (!exact) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: arith: fake stands beside exact, not in its place", path);
    }
    return *fake || file->fake_pairs_count == 0 ||
           ng_fail(error, NG_EXIT_USAGE, "%s: fake_pairs: without fake in arith", path);
}

/* The study's pair of these names. */
static bool mark_fake(const char *path, const char *weights, const char *activations, ng_study *study, ng_error *error)
{
    ng_format weight;
    ng_format activation;
    if (!ng_format_lookup(path, weights, NULL, &weight, error) || !ng_format_lookup(path, activations, NULL, &activation, error)) {
        return false;
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        const ng_pair *pair = &study->pairs[i];
        if (ng_format_same(pair->weight, &weight) && ng_format_same(pair->activation, &activation)) {
            study->fake[i] = true;
            return true;
        }
    }
    return ng_fail(error, NG_EXIT_USAGE, "%s: fake_pairs: %s x %s is none of the study's pairs", path, weights, activations);
}

static bool read_fake(const char *path, const file_study *file, ng_study *study, ng_error *error)
{
    bool fake;
    if (!read_arith(path, file, &fake, error)) {
        return false;
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        study->fake[i] = fake && file->fake_pairs_count == 0;
    }
    for (unsigned i = 0; i < file->fake_pairs_count; i++) {
        const file_pairs *row = &file->fake_pairs[i];
        for (unsigned j = 0; j < row->weights_count * row->activations_count; j++) {
            if (!mark_fake(path, row->weights[j / row->activations_count], row->activations[j % row->activations_count], study,
                           error)) {
                return false;
            }
        }
    }
    return true;
}

static bool read_study(const char *path, const file_study *file, ng_study *study, ng_error *error)
{
    study->seed = file->seed != 0 ? file->seed : 1;
    study->images = file->images;
    study->energy = file->energy;
    study->has_dataset = file->dataset != NULL;
    if (study->has_dataset && !ng_spec_check(path, file->dataset, &study->dataset, error)) {
        return false;
    }
    if (!copy_name(path, file->name, study->name, error) || !read_pairs(path, file, study, error) ||
        !read_costs(path, file, study, error) ||
        !copy_name(path, file->calibration != NULL ? file->calibration : "auto", study->calibration, error) ||
        !read_setting(path, file, study, error) || !read_fake(path, file, study, error)) {
        return false;
    }
    for (unsigned i = 0; i < file->verify_count; i++) {
        ng_unit_kind kind = NG_UNIT_MUL;
        if (!find_kind(path, file->verify[i], &kind, error)) {
            return false;
        }
        study->verify[kind] = true;
    }
    for (unsigned i = 0; i < file->networks_count; i++) {
        if (!copy_name(path, file->networks[i], study->networks[study->network_count++], error)) {
            return false;
        }
    }
    return true;
}

bool ng_study_load(const char *path, ng_study *study, ng_error *error)
{
    char message[NG_ERROR_SIZE / 2] = "";
    ng_buffer text;
    file_study *file = NULL;
    const cyaml_config_t config = {.log_fn = keep_message,
                                   .log_ctx = message,
                                   .log_level = CYAML_LOG_ERROR,
                                   .mem_fn = cyaml_mem,
                                   .flags = CYAML_CFG_NO_ALIAS};
    memset(study, 0, sizeof *study);
    if (!ng_read_file(path, 1 << 20, &text, error)) {
        return false;
    }
    const cyaml_err_t status =
        cyaml_load_data(text.data, text.size, &config, &study_schema, (cyaml_data_t **)&file, NULL);
    ng_buffer_free(&text);
    if (status != CYAML_OK) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %s: %s", path, cyaml_strerror(status), message);
    }
    if (file == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: no study in it", path);
    }
    const bool fine = read_study(path, file, study, error);
    (void)cyaml_free(&config, &study_schema, file, 0);
    return fine;
}

bool ng_study_packs(ng_unit_kind kind)
{
    return kind == NG_UNIT_DSP_DOT || kind == NG_UNIT_DSP_MAC;
}

bool ng_study_takes(ng_unit_kind kind)
{
    return kind <= NG_UNIT_CONVERT || ng_study_packs(kind);
}

ng_request ng_study_request(const ng_pair *pair, ng_unit_kind kind, unsigned lanes)
{
    return (ng_request){.kind = kind,
                        .weight = pair->weight,
                        .activation = pair->activation,
                        .lanes = pair->weight->block != 0 ? 0 : lanes};
}
