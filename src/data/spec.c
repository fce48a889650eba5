#include "src/data/spec.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

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

static const cyaml_schema_value_t spec_schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, ng_spec_text, ng_spec_fields)};

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

/* The characters [start, end) of the value behind the top-level key `dataset`; false without one, or for what is no YAML, with
 * the line of the fault or 0. */
typedef struct {
    size_t start;
    size_t end;
    size_t line;
} part;

static bool is_key(const yaml_event_t *event)
{
    static const char key[] = "dataset";
    return event->type == YAML_SCALAR_EVENT && event->data.scalar.length == strlen(key) &&
           memcmp(event->data.scalar.value, key, strlen(key)) == 0;
}

/* depth: open mappings and lists; scalars of the top mapping are keys and values in turn. */
static bool find_part(yaml_parser_t *parser, part *found)
{
    unsigned depth = 0;
    bool key = true;
    bool wanted = false;
    for (bool more = true; more;) {
        yaml_event_t event;
        if (yaml_parser_parse(parser, &event) == 0) {
            found->line = parser->problem_mark.line + 1;
            return false;
        }
        const bool opens = event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT;
        const bool closes = event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
        const bool leaf = event.type == YAML_SCALAR_EVENT || event.type == YAML_ALIAS_EVENT;
        found->start = opens && depth == 1 && wanted ? event.start_mark.index : found->start;
        depth -= closes ? 1 : 0;
        found->end = closes && depth == 1 && wanted ? event.end_mark.index : found->end;
        if (depth == 1 && (leaf || closes)) { /* a key or a value ends here */
            if (wanted) {
                yaml_event_delete(&event);
                return closes;
            }
            wanted = key && is_key(&event);
            key = !key;
        }
        depth += opens ? 1 : 0;
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return false;
}

/* Leaves the `dataset:` mapping alone in the text, in its place: blanks for all else but line ends. libcyaml then reads it strictly,
 * and its messages have the file's lines. */
static bool isolate(const char *path, ng_buffer *text, ng_error *error)
{
    yaml_parser_t parser;
    part found = {0, 0, 0};
    if (yaml_parser_initialize(&parser) == 0) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: no memory for libyaml", path);
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, text->data, text->size);
    const bool there = find_part(&parser, &found);
    yaml_parser_delete(&parser);
    if (!there) {
        return found.line != 0 ? ng_fail(error, NG_EXIT_USAGE, "%s: dataset: line %zu: no YAML", path, found.line)
                               : ng_fail(error, NG_EXIT_USAGE, "%s: no mapping dataset: in it", path);
    }
    size_t next = 0; /* libyaml counts characters, of which a byte 10xxxxxx is never the first */
    for (size_t i = 0; i < text->size; i++) {
        next += (text->data[i] & 0xC0) != 0x80;
        const bool outside = next <= found.start || next > found.end;
        text->data[i] = outside && text->data[i] != '\n' ? ' ' : text->data[i];
    }
    return true;
}

static bool read_part(const char *path, const ng_buffer *text, ng_data_spec *spec, ng_error *error)
{
    char message[NG_ERROR_SIZE / 2] = "";
    ng_spec_text *read = NULL;
    const cyaml_config_t config = {.log_fn = keep_message,
                                   .log_ctx = message,
                                   .log_level = CYAML_LOG_ERROR,
                                   .mem_fn = cyaml_mem,
                                   .flags = CYAML_CFG_NO_ALIAS};
    const cyaml_err_t status = cyaml_load_data(text->data, text->size, &config, &spec_schema, (cyaml_data_t **)&read, NULL);
    if (status != CYAML_OK || read == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: dataset: %s: %s", path, cyaml_strerror(status), message);
    }
    const bool fine = ng_spec_check(path, read, spec, error);
    (void)cyaml_free(&config, &spec_schema, read, 0);
    return fine;
}

bool ng_spec_load(const char *path, ng_data_spec *spec, ng_error *error)
{
    ng_buffer text;
    if (!ng_read_file(path, FILE_MOST, &text, error)) {
        return false;
    }
    const bool fine = isolate(path, &text, error) && read_part(path, &text, spec, error);
    ng_buffer_free(&text);
    return fine;
}
