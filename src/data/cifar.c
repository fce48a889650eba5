#include "src/data/cifar.h"

#include <stdlib.h>

#include "src/base/file.h"

enum { SIDE = 32, PIXELS = SIDE * SIDE, CHANNELS = 3, RECORD = 1 + CHANNELS * PIXELS, CLASSES = 10, FILE_MOST = 1 << 30 };

/* From planes of colours to pixels. */
static void interleave(const uint8_t *planes, uint8_t *pixels)
{
    for (size_t i = 0; i < PIXELS; i++) {
        for (size_t c = 0; c < CHANNELS; c++) {
            pixels[i * CHANNELS + c] = planes[c * PIXELS + i];
        }
    }
}

static bool read_records(const char *path, const ng_buffer *file, size_t limit, ng_samples *samples, ng_error *error)
{
    const size_t held = file->size / RECORD;
    if (held == 0 || file->size % RECORD != 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: offset %zu: the file ends within a record of %d bytes", path, file->size,
                       RECORD);
    }
    samples->count = limit != 0 && limit < held ? limit : held;
    samples->bytes = malloc(samples->count * CHANNELS * PIXELS);
    samples->labels = malloc(samples->count * sizeof *samples->labels);
    if (samples->bytes == NULL || samples->labels == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: no memory for %zu images", path, samples->count);
    }
    for (size_t i = 0; i < samples->count; i++) {
        const uint8_t *record = file->data + i * RECORD;
        if (record[0] >= CLASSES) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: offset %zu: label %u is above %d", path, i * RECORD, record[0],
                           CLASSES - 1);
        }
        samples->labels[i] = record[0];
        interleave(record + 1, samples->bytes + i * CHANNELS * PIXELS);
    }
    return true;
}

bool ng_cifar_load(const char *path, size_t limit, ng_samples *samples, ng_error *error)
{
    ng_buffer file;
    *samples = (ng_samples){.height = SIDE, .width = SIDE, .channels = CHANNELS};
    if (!ng_read_file(path, FILE_MOST, &file, error)) {
        return false;
    }
    const bool fine = read_records(path, &file, limit, samples, error);
    ng_buffer_free(&file);
    if (!fine) {
        ng_samples_free(samples);
    }
    return fine;
}
