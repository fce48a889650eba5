#include "src/cli/codebook.h"

#include <ctype.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "model/format_name.h"
#include "src/base/file.h"
#include "src/cli/number.h"

enum { FILE_MAX = 1 << 16, VALUES_MAX = 1 << NG_CODEBOOK_BITS_MAX, WORD_SIZE = 128 };

typedef struct {
    const char *path;
    ng_codebook *codebook;
    size_t count;
    ng_error *error;
} loader;

/* Appends a value; place is "LINE:COLUMN" or "value N". */
static bool take(loader *load, const char *place, double value)
{
    if (load->count == VALUES_MAX) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s:%s: more than %d values", load->path, place, VALUES_MAX);
    }
    const float rounded = (float)value;
    if (!isfinite(rounded)) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s:%s: not finite as a float", load->path, place);
    }
    load->codebook->value[load->count++] = rounded;
    return true;
}

static bool text_word(loader *load, const char *word, size_t length, const char *place)
{
    char copy[WORD_SIZE];
    double value;
    if (length < WORD_SIZE) {
        memcpy(copy, word, length);
        copy[length] = 0;
        if (ng_read_number(copy, &value)) {
            return take(load, place, value);
        }
    }
    return ng_fail(load->error, NG_EXIT_USAGE, "%s:%s: not a number", load->path, place);
}

static bool text_values(loader *load, const char *text)
{
    unsigned long line = 1;
    const char *start = text; /* of the line */
    while (*text != 0) {
        if (*text == '#') {
            text += strcspn(text, "\n");
        } else if (isspace((unsigned char)*text)) {
            line += *text == '\n';
            start = *text == '\n' ? text + 1 : start;
            text++;
        } else {
            char place[48];
            const size_t length = strcspn(text, " \t\r\n\v\f#");
            (void)snprintf(place, sizeof place, "%lu:%lu", line, (unsigned long)(text - start) + 1);
            if (!text_word(load, text, length, place)) {
                return false;
            }
            text += length;
        }
    }
    return true;
}

/* Names a format after its file: folder and ending dropped, other characters than letters, digits and '_' replaced. */
static void name_of_file(loader *load)
{
    const char *slash = strrchr(load->path, '/');
    const char *name = slash != NULL ? slash + 1 : load->path;
    size_t length = 0;
    for (; name[length] != 0 && name[length] != '.' && length + 1 < sizeof load->codebook->name; length++) {
        load->codebook->name[length] = name[length];
        if (!isalnum((unsigned char)name[length])) {
            load->codebook->name[length] = '_';
        }
    }
    load->codebook->name[length] = 0;
}

static bool json_name(loader *load, const json_t *root)
{
    const json_t *name = json_object_get(root, "name");
    if (name == NULL) {
        return true;
    }
    const char *text = json_string_value(name);
    if (text == NULL || text[0] == 0 || strlen(text) >= sizeof load->codebook->name) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s: \"name\" is not a text of 1 to %zu characters", load->path,
                       sizeof load->codebook->name - 1);
    }
    memcpy(load->codebook->name, text, strlen(text) + 1);
    return true;
}

static bool json_values(loader *load, const json_t *root)
{
    const json_t *values = json_is_object(root) ? json_object_get(root, "values") : root;
    if (!json_is_array(values)) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s: neither a list nor an object with a list \"values\"", load->path);
    }
    for (size_t i = 0; i < json_array_size(values); i++) {
        char place[48];
        (void)snprintf(place, sizeof place, "value %zu", i + 1);
        if (!json_is_number(json_array_get(values, i))) {
            return ng_fail(load->error, NG_EXIT_USAGE, "%s:%s: not a number", load->path, place);
        }
        if (!take(load, place, json_number_value(json_array_get(values, i)))) {
            return false;
        }
    }
    return json_name(load, root);
}

static bool json_text(loader *load, const ng_buffer *file)
{
    json_error_t place;
    json_t *root = json_loadb((const char *)file->data, file->size, JSON_REJECT_DUPLICATES, &place);
    if (root == NULL) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s:%d:%d: %s", load->path, place.line, place.column, place.text);
    }
    const bool fine = json_values(load, root);
    json_decref(root);
    return fine;
}

/* The count of values makes the bits. */
static bool check_count(loader *load)
{
    load->codebook->bits = 1;
    while (load->codebook->bits < NG_CODEBOOK_BITS_MAX && (size_t)1 << load->codebook->bits < load->count) {
        load->codebook->bits++;
    }
    return (size_t)1 << load->codebook->bits == load->count ||
           ng_fail(load->error, NG_EXIT_USAGE, "%s: %zu values; a codebook has 2, 4, 8, 16, ... or %d", load->path,
                   load->count, VALUES_MAX);
}

static bool check_name(loader *load)
{
    const char *name = load->codebook->name;
    ng_format other;
    if (!isalpha((unsigned char)name[0])) {
        return ng_fail(load->error, NG_EXIT_USAGE, "%s: a codebook's name starts with a letter", load->path);
    }
    for (size_t i = 0; name[i] != 0; i++) {
        if (!isalnum((unsigned char)name[i]) && name[i] != '_') {
            return ng_fail(load->error, NG_EXIT_USAGE, "%s: \"name\" has letters, digits and '_' only", load->path);
        }
    }
    return ng_format_parse(name, NULL, 0, &other, NULL) == NG_PARSE_SYNTAX ||
           ng_fail(load->error, NG_EXIT_USAGE, "%s: '%s' is the name of another format", load->path, name);
}

bool ng_codebook_load(const char *path, ng_codebook *codebook, ng_error *error)
{
    loader load = {path, codebook, 0, error};
    ng_buffer file;
    if (!ng_read_file(path, FILE_MAX, &file, error)) {
        return false;
    }
    *codebook = (ng_codebook){.bits = 1};
    name_of_file(&load);
    const char *text = (const char *)file.data;
    const char first = text[strspn(text, " \t\r\n")];
    const bool binary = strlen(text) != file.size;
    const bool fine = first == '[' || first == '{' ? json_text(&load, &file)
                      : binary ? ng_fail(error, NG_EXIT_USAGE, "%s: a byte 0 at offset %zu", path, strlen(text))
                               : text_values(&load, text);
    ng_buffer_free(&file);
    return fine && check_count(&load) && check_name(&load);
}
