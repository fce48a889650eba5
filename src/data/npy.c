#include "src/data/npy.h"

#include <stdlib.h>
#include <string.h>

#include "src/data/zip.h"

enum { MAGIC_SIZE = 8, LABEL_MOST = 65535, COUNT_MOST = 1 << 30, SIDE_MOST = 1 << 12, COLOURS = 3 };

static const size_t file_most = (size_t)1 << 32;

/* ---- the header ------------------------------------------------------------------------------------------------ */

typedef struct {
    const char *path;
    const uint8_t *data;
    size_t at;
    size_t end;
    ng_error *error;
} scanner;

static bool fail(const scanner *s, const char *text)
{
    return ng_fail(s->error, NG_EXIT_USAGE, "%s: offset %zu: %s", s->path, s->at, text);
}

static void skip_blanks(scanner *s)
{
    while (s->at < s->end && (s->data[s->at] == ' ' || s->data[s->at] == '\n')) {
        s->at++;
    }
}

/* Goes past the text if it stands here. */
static bool accept(scanner *s, const char *text)
{
    const size_t length = strlen(text);
    skip_blanks(s);
    if (length > s->end - s->at || memcmp(s->data + s->at, text, length) != 0) {
        return false;
    }
    s->at += length;
    return true;
}

static bool read_number(scanner *s, size_t *number)
{
    const size_t start = s->at;
    *number = 0;
    while (s->at < s->end && s->data[s->at] >= '0' && s->data[s->at] <= '9') {
        *number = 10 * *number + (size_t)(s->data[s->at] - '0');
        if (*number > COUNT_MOST) {
            return fail(s, "a size is too large");
        }
        s->at++;
    }
    return s->at > start || fail(s, "a number is expected");
}

/* '<f4': byte order, kind, bytes. */
static bool read_type(scanner *s, ng_npy *array)
{
    static const char *const types[] = {"'|u1'", "'|i1'", "'<u2'", "'<i2'", "'<u4'", "'<i4'", "'<u8'", "'<i8'", "'<f4'"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (accept(s, types[i])) {
            array->kind = types[i][2];
            array->width = (unsigned)(types[i][3] - '0');
            return true;
        }
    }
    return fail(s, "a type that is not read: integers up to 8 bytes and 4-byte floats, little endian, are");
}

static bool read_shape(scanner *s, ng_npy *array)
{
    if (!accept(s, "(")) {
        return fail(s, "( is expected");
    }
    array->rank = 0;
    while (!accept(s, ")")) {
        if (array->rank == NG_NPY_RANK_MOST) {
            return fail(s, "more than 4 axes");
        }
        if (!read_number(s, &array->size[array->rank++])) {
            return false;
        }
        if (!accept(s, ",") && !accept(s, ")")) {
            return fail(s, ", or ) is expected");
        }
        if (s->data[s->at - 1] == ')') {
            return true;
        }
    }
    return true;
}

static bool read_entries(scanner *s, ng_npy *array)
{
    unsigned seen = 0;
    if (!accept(s, "{")) {
        return fail(s, "{ is expected");
    }
    while (!accept(s, "}")) {
        if (accept(s, "'descr':")) {
            seen |= read_type(s, array) ? 1U : 8U;
        } else if (accept(s, "'fortran_order':")) {
            seen |= accept(s, "False") || fail(s, "not in C order") ? 2U : 8U;
        } else if (accept(s, "'shape':")) {
            seen |= read_shape(s, array) ? 4U : 8U;
        } else {
            return fail(s, "descr, fortran_order or shape is expected");
        }
        if (seen >= 8) {
            return false;
        }
        (void)accept(s, ",");
    }
    return seen == 7 || fail(s, "descr, fortran_order or shape is missing");
}

static bool start_header(scanner *s, size_t size)
{
    static const uint8_t magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
    if (size < MAGIC_SIZE + 4 || memcmp(s->data, magic, sizeof magic) != 0) {
        return fail(s, "not an array file of numpy");
    }
    const uint8_t version = s->data[6];
    if (version < 1 || version > 3) {
        s->at = 6;
        return fail(s, "an unknown version of the array file");
    }
    const size_t width = version == 1 ? 2 : 4;
    size_t length = 0;
    for (size_t i = 0; i < width; i++) {
        length |= (size_t)s->data[MAGIC_SIZE + i] << (8 * i);
    }
    s->at = MAGIC_SIZE + width;
    if (length > size - s->at) {
        return fail(s, "the header ends after the file");
    }
    s->end = s->at + length;
    return true;
}

bool ng_npy_parse(const char *path, const uint8_t *data, size_t size, ng_npy *array, ng_error *error)
{
    scanner s = {path, data, 0, size, error};
    *array = (ng_npy){0};
    if (!start_header(&s, size)) {
        return false;
    }
    const size_t start = s.end;
    if (!read_entries(&s, array)) {
        return false;
    }
    size_t bytes = array->width;
    for (unsigned i = 0; i < array->rank; i++) {
        if (array->size[i] < 1 || bytes > file_most / array->size[i]) {
            return fail(&s, "an empty array, or one too large");
        }
        bytes *= array->size[i];
    }
    if (bytes != size - start) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: offset %zu: the header says %zu bytes of data, the file has %zu", path, start,
                       bytes, size - start);
    }
    array->data = data + start;
    return true;
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

/* FILE.npz/MEMBER: the archive and the member's name, MEMBER.npy. */
static bool read_member(const char *path, const char *slash, ng_buffer *out, ng_error *error)
{
    char file[NG_PATH_SIZE];
    char name[NG_PATH_SIZE];
    ng_buffer packed;
    if (!ng_path(file, error, "%.*s", (int)(slash - path), path) || !ng_path(name, error, "%s.npy", slash + 1) ||
        !ng_read_file(file, file_most, &packed, error)) {
        return false;
    }
    const bool fine = ng_zip_member(file, packed.data, packed.size, name, file_most - 1, out, error);
    ng_buffer_free(&packed);
    return fine;
}

static bool read_array(const char *path, ng_buffer *file, ng_npy *array, ng_error *error)
{
    static const char suffix[] = ".npz/";
    const char *archive = strstr(path, suffix);
    if (!(archive != NULL ? read_member(path, archive + strlen(suffix) - 1, file, error)
                          : ng_read_file(path, file_most, file, error))) {
        return false;
    }
    if (!ng_npy_parse(path, file->data, file->size, array, error)) {
        ng_buffer_free(file);
        return false;
    }
    return true;
}

/* ---- images and labels ----------------------------------------------------------------------------------------- */

static bool no_memory(const char *path, ng_error *error)
{
    return ng_fail(error, NG_EXIT_MISSING, "%s: no memory for the array", path);
}

/* Number i of an integer array; values that do not fit give -1. */
static int64_t integer_at(const ng_npy *array, size_t i)
{
    uint64_t value = 0;
    for (unsigned k = 0; k < array->width; k++) {
        value |= (uint64_t)array->data[i * array->width + k] << (8 * k);
    }
    const unsigned bits = 8 * array->width;
    if (array->kind == 'i' && bits < 64 && value >> (bits - 1) != 0) {
        return -1;
    }
    return value > INT64_MAX ? -1 : (int64_t)value;
}

static bool take_labels(const char *path, const ng_npy *array, size_t images, ng_samples *samples, ng_error *error)
{
    const bool column = array->rank == 1 || (array->rank == 2 && array->size[1] == 1);
    if (!column || array->kind == 'f' || array->size[0] != images) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: not %zu integer labels, one for each image", path, images);
    }
    samples->labels = malloc(samples->count * sizeof *samples->labels);
    if (samples->labels == NULL) {
        return no_memory(path, error);
    }
    for (size_t i = 0; i < samples->count; i++) {
        const int64_t label = integer_at(array, i);
        if (label < 0 || label > LABEL_MOST) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: label %zu is outside [0, %d]", path, i, LABEL_MOST);
        }
        samples->labels[i] = (uint32_t)label;
    }
    return true;
}

static bool take_floats(const char *path, const ng_npy *array, ng_samples *samples, ng_error *error)
{
    size_t each = 1;
    for (unsigned i = 1; i < array->rank; i++) {
        each *= array->size[i];
    }
    samples->height = 1;
    samples->width = each;
    samples->channels = 1;
    samples->floats = malloc(samples->count * each * sizeof(float));
    if (samples->floats == NULL) {
        return no_memory(path, error);
    }
    for (size_t i = 0; i < samples->count * each; i++) {
        const uint8_t *at = array->data + i * sizeof(float);
        const uint32_t bits = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        memcpy(&samples->floats[i], &bits, sizeof bits);
    }
    return true;
}

static bool is_colour_count(size_t size)
{
    return size == 1 || size == COLOURS;
}

static bool take_bytes(const char *path, const ng_npy *array, ng_samples *samples, ng_error *error)
{
    const size_t *size = array->size;
    const bool last = array->rank == 4 && is_colour_count(size[3]);
    const bool first = array->rank == 4 && !last && is_colour_count(size[1]);
    if (array->rank != 3 && !last && !first) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: bytes of images are [n][h][w], with 1 or 3 channels last or second", path);
    }
    samples->height = size[first ? 2 : 1];
    samples->width = size[first ? 3 : 2];
    samples->channels = last ? size[3] : first ? size[1] : 1;
    if (samples->height > SIDE_MOST || samples->width > SIDE_MOST) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %zu x %zu pixels are too many", path, samples->height, samples->width);
    }
    const size_t pixels = samples->height * samples->width;
    const size_t each = pixels * samples->channels;
    samples->bytes = malloc(samples->count * each);
    if (samples->bytes == NULL) {
        return no_memory(path, error);
    }
    for (size_t i = 0; i < samples->count * each; i++) {
        const size_t within = i % each;
        const size_t from = first ? within % samples->channels * pixels + within / samples->channels : within;
        samples->bytes[i] = array->data[i / each * each + from];
    }
    return true;
}

static bool take_images(const char *path, const ng_npy *array, ng_samples *samples, ng_error *error)
{
    if (array->kind == 'f' && array->rank >= 2) {
        return take_floats(path, array, samples, error);
    }
    if (array->kind == 'u' && array->width == 1) {
        return take_bytes(path, array, samples, error);
    }
    return ng_fail(error, NG_EXIT_USAGE, "%s: images are unsigned bytes or 4-byte floats of rank 2 or more", path);
}

static bool load_labels(const char *path, size_t images, ng_samples *samples, ng_error *error)
{
    ng_buffer file;
    ng_npy array;
    if (!read_array(path, &file, &array, error)) {
        return false;
    }
    const bool fine = take_labels(path, &array, images, samples, error);
    ng_buffer_free(&file);
    return fine;
}

bool ng_npy_load(const char *images, const char *labels, size_t limit, ng_samples *samples, ng_error *error)
{
    ng_buffer file;
    ng_npy array;
    *samples = (ng_samples){0};
    if (!read_array(images, &file, &array, error)) {
        return false;
    }
    const size_t held = array.rank > 0 ? array.size[0] : 0;
    samples->count = limit != 0 && limit < held ? limit : held;
    const bool fine = take_images(images, &array, samples, error);
    ng_buffer_free(&file);
    if (!fine || !load_labels(labels, held, samples, error)) {
        ng_samples_free(samples);
        return false;
    }
    return true;
}
