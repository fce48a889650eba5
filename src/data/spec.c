#include "src/data/spec.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 1 << 20, PATH_MOST = NG_PATH_SIZE - 1, OPTIONAL = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL };

static const cyaml_schema_value_t whole = {CYAML_VALUE_UINT(CYAML_FLAG_DEFAULT, unsigned)};
static const cyaml_schema_value_t real = {CYAML_VALUE_FLOAT(CYAML_FLAG_DEFAULT, float)};

const cyaml_schema_field_t ng_spec_fields[] = {
    CYAML_FIELD_STRING_PTR("kind", CYAML_FLAG_POINTER, ng_spec_text, kind, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("test", CYAML_FLAG_POINTER, ng_spec_text, test, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("test_labels", OPTIONAL, ng_spec_text, test_labels, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("calibration", CYAML_FLAG_POINTER, ng_spec_text, calibration, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("calibration_labels", OPTIONAL, ng_spec_text, calibration_labels, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("channels", OPTIONAL, ng_spec_text, channels, 1, PATH_MOST),
    CYAML_FIELD_STRING_PTR("layout", OPTIONAL, ng_spec_text, layout, 1, PATH_MOST),
    CYAML_FIELD_SEQUENCE("resize", OPTIONAL, ng_spec_text, resize, &whole, 1, 2),
    CYAML_FIELD_SEQUENCE("crop", OPTIONAL, ng_spec_text, crop, &whole, 1, 2),
    CYAML_FIELD_SEQUENCE("mean", OPTIONAL, ng_spec_text, mean, &real, 1, NG_CHANNELS_MOST),
    CYAML_FIELD_SEQUENCE("std", OPTIONAL, ng_spec_text, std, &real, 1, NG_CHANNELS_MOST),
    CYAML_FIELD_END};

typedef struct {
    ng_spec_text *dataset;
} file_spec;

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_MAPPING_PTR("dataset", CYAML_FLAG_POINTER, file_spec, dataset, ng_spec_fields), CYAML_FIELD_END};

static const cyaml_schema_value_t file_schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, file_spec, file_fields)};

/* ---- the mapping as it is meant -------------------------------------------------------------------------------- */

/* Index of the word in the list. */
static bool find_word(const char *path, const char *key, const char *word, const char *const words[], size_t count,
                      unsigned *index, ng_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            *index = (unsigned)i;
            return true;
        }
    }
    char all[128] = "";
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(all);
        (void)snprintf(all + length, sizeof all - length, "%s%s", i == 0 ? "" : ", ", words[i]);
    }
    return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: '%.64s' is none of %s", path, key, word, all);
}

static bool read_words(const char *path, const ng_spec_text *text, ng_data_spec *spec, ng_error *error)
{
    static const char *const kinds[] = {"idx", "cifar10", "npy", "images"};
    static const char *const orders[] = {"stored", "grey", "rgb", "bgr"};
    static const char *const layouts[] = {"network", "nchw", "nhwc"};
    unsigned kind;
    unsigned order;
    unsigned layout;
    if (!find_word(path, "kind", text->kind, kinds, 4, &kind, error) ||
        !find_word(path, "channels", text->channels != NULL ? text->channels : "stored", orders, 4, &order, error) ||
        !find_word(path, "layout", text->layout != NULL ? text->layout : "network", layouts, 3, &layout, error)) {
        return false;
    }
    spec->kind = (ng_data_kind)kind;
    spec->preparation.order = (ng_channel_order)order;
    spec->layout = (ng_layout)layout;
    return true;
}

static bool read_paths(const char *path, const ng_spec_text *text, ng_data_spec *spec, ng_error *error)
{
    const bool pairs = spec->kind == NG_DATA_NPY;
    if ((text->test_labels != NULL) != pairs || (text->calibration_labels != NULL) != pairs) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: test_labels and calibration_labels belong to kind npy, which needs "
                                             "both", path);
    }
    return ng_path(spec->test, error, "%s", text->test) && ng_path(spec->calibration, error, "%s", text->calibration) &&
           ng_path(spec->test_labels, error, "%s", pairs ? text->test_labels : "") &&
           ng_path(spec->calibration_labels, error, "%s", pairs ? text->calibration_labels : "");
}

/* One side for both, or height and width. */
static bool read_sides(const char *path, const char *key, const unsigned *sides, unsigned count, size_t out[2],
                       ng_error *error)
{
    for (unsigned i = 0; i < count; i++) {
        if (sides[i] < 1 || sides[i] > NG_SIDE_MOST) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: %u is outside [1, %d]", path, key, sides[i], NG_SIDE_MOST);
        }
        out[i] = sides[i];
    }
    return true;
}

/* One number for all channels, or one each. */
static bool read_numbers(const char *path, const char *key, const float *numbers, unsigned count, float fallback,
                         float out[NG_CHANNELS_MOST], ng_error *error)
{
    for (unsigned i = 0; i < NG_CHANNELS_MOST; i++) {
        out[i] = count == 0 ? fallback : numbers[count == 1 ? 0 : i < count ? i : count - 1];
    }
    for (unsigned i = 0; i < count; i++) {
        if (!isfinite(numbers[i]) || (fallback > 0 && !(numbers[i] > 0))) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: %g", path, key, (double)numbers[i]);
        }
    }
    return count != 2 || ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: one number, or three", path, key);
}

bool ng_spec_check(const char *path, const ng_spec_text *text, ng_data_spec *spec, ng_error *error)
{
    ng_preparation *p = &spec->preparation;
    *spec = (ng_data_spec){.kind = NG_DATA_IDX};
    if (!read_words(path, text, spec, error) || !read_paths(path, text, spec, error) ||
        !read_sides(path, "resize", text->resize, text->resize_count, p->resize, error) ||
        !read_sides(path, "crop", text->crop, text->crop_count, p->crop, error) ||
        !read_numbers(path, "mean", text->mean, text->mean_count, 0, p->mean, error) ||
        !read_numbers(path, "std", text->std, text->std_count, 1, p->std, error)) {
        return false;
    }
    p->crop[1] = text->crop_count == 1 ? p->crop[0] : p->crop[1];
    p->normalised = text->mean_count + text->std_count != 0;
    return true;
}

/* ---- the file -------------------------------------------------------------------------------------------------- */

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

bool ng_spec_load(const char *path, ng_data_spec *spec, ng_error *error)
{
    char message[NG_ERROR_SIZE / 2] = "";
    ng_buffer text;
    file_spec *file = NULL;
    const cyaml_config_t config = {.log_fn = keep_message,
                                   .log_ctx = message,
                                   .log_level = CYAML_LOG_ERROR,
                                   .mem_fn = cyaml_mem,
                                   .flags = CYAML_CFG_NO_ALIAS | CYAML_CFG_IGNORE_UNKNOWN_KEYS};
    if (!ng_read_file(path, FILE_MOST, &text, error)) {
        return false;
    }
    const cyaml_err_t status = cyaml_load_data(text.data, text.size, &config, &file_schema, (cyaml_data_t **)&file, NULL);
    ng_buffer_free(&text);
    if (status != CYAML_OK) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: %s", path, cyaml_strerror(status), message);
    }
    const bool fine = ng_spec_check(path, file->dataset, spec, error);
    (void)cyaml_free(&config, &file_schema, file, 0);
    return fine;
}
