#include "src/data/idx.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "src/base/file.h"

enum { RANK_MOST = 3, SIDE_MOST = 1 << 12, ITEMS_MOST = 1 << 24, BUFFER = 1 << 17, TYPE_BYTES = 8 };

typedef struct {
    const char *path;
    gzFile file;
    size_t at; /* offset in the unpacked data */
    ng_error *error;
} reader;

typedef struct {
    size_t size[RANK_MOST];
    uint8_t *data;
} array;

bool ng_idx_path(const char *folder, const char *part, const char *kind, char *path, ng_error *error)
{
    if (!ng_path(path, error, "%s/%s-%s.gz", folder, part, kind)) {
        return false;
    }
    if (ng_exists(path)) {
        return true;
    }
    path[strlen(path) - strlen(".gz")] = 0;
    return ng_exists(path) || ng_fail(error, NG_EXIT_MISSING,
                                      "%s: no such file, nor with .gz (Debian: apt-get install dataset-fashion-mnist)",
                                      path);
}

static bool read_bytes(reader *in, uint8_t *data, size_t size)
{
    while (size > 0) {
        const unsigned part = size < BUFFER ? (unsigned)size : BUFFER;
        const int got = gzread(in->file, data, part);
        if (got <= 0 || (unsigned)got > part) {
            int code = Z_OK;
            const char *text = gzerror(in->file, &code);
            return ng_fail(in->error, NG_EXIT_USAGE, "%s: offset %zu: %s", in->path, in->at,
                           code == Z_OK || code == Z_STREAM_END ? "the file ends too early" : text);
        }
        in->at += (size_t)got;
        data += got;
        size -= (size_t)got;
    }
    return true;
}

/* The end of the file, which is also where gzip checks its sum. */
static bool expect_end(reader *in)
{
    uint8_t byte;
    const int got = gzread(in->file, &byte, 1);
    int code = Z_OK;
    const char *text = gzerror(in->file, &code);
    if (got > 0) {
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: offset %zu: data after the last item", in->path, in->at);
    }
    return (got == 0 && (code == Z_OK || code == Z_STREAM_END)) ||
           ng_fail(in->error, NG_EXIT_USAGE, "%s: offset %zu: %s", in->path, in->at, text);
}

static bool read_header(reader *in, unsigned rank, array *out)
{
    uint8_t head[4];
    if (!read_bytes(in, head, sizeof head)) {
        return false;
    }
    if (head[0] != 0 || head[1] != 0 || head[2] != TYPE_BYTES || head[3] != rank) {
        return ng_fail(in->error, NG_EXIT_USAGE, "%s: offset 0: not an IDX file of unsigned bytes of rank %u", in->path,
                       rank);
    }
    for (unsigned i = 0; i < rank; i++) {
        uint8_t raw[4];
        if (!read_bytes(in, raw, sizeof raw)) {
            return false;
        }
        out->size[i] = (size_t)raw[0] << 24 | (size_t)raw[1] << 16 | (size_t)raw[2] << 8 | raw[3];
        if (out->size[i] < 1 || out->size[i] > (i == 0 ? ITEMS_MOST : SIDE_MOST)) {
            return ng_fail(in->error, NG_EXIT_USAGE, "%s: offset %zu: size %zu is out of range", in->path, in->at - 4,
                           out->size[i]);
        }
    }
    return true;
}

/* Data is taken in steps, so that a header cannot ask for more memory than about twice what the file holds. */
static bool read_data(reader *in, size_t size, array *out)
{
    size_t room = 0;
    size_t used = 0;
    while (used < size) {
        room = room == 0 ? BUFFER : 2 * room;
        room = room < size ? room : size;
        uint8_t *grown = realloc(out->data, room);
        if (grown == NULL) {
            return ng_fail(in->error, NG_EXIT_MISSING, "%s: no memory for %zu bytes", in->path, room);
        }
        out->data = grown;
        if (!read_bytes(in, out->data + used, room - used)) {
            return false;
        }
        used = room;
    }
    return true;
}

static bool read_open(reader *in, unsigned rank, size_t limit, array *out)
{
    if (!read_header(in, rank, out)) {
        return false;
    }
    const bool whole = limit == 0 || limit >= out->size[0];
    size_t size = whole ? out->size[0] : limit;
    out->size[0] = size;
    for (unsigned i = 1; i < rank; i++) {
        size *= out->size[i];
    }
    return read_data(in, size, out) && (!whole || expect_end(in));
}

static bool read_array(const char *path, unsigned rank, size_t limit, array *out, ng_error *error)
{
    reader in = {path, gzopen(path, "rb"), 0, error};
    if (in.file == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot open", path);
    }
    (void)gzbuffer(in.file, BUFFER);
    const bool fine = read_open(&in, rank, limit, out);
    (void)gzclose(in.file);
    return fine;
}

static bool read_pair(const char *folder, const char *part, size_t limit, array *images, array *labels,
                      ng_error *error)
{
    char image_path[NG_PATH_SIZE];
    char label_path[NG_PATH_SIZE];
    if (!ng_idx_path(folder, part, "images-idx3-ubyte", image_path, error) ||
        !ng_idx_path(folder, part, "labels-idx1-ubyte", label_path, error) ||
        !read_array(image_path, 3, limit, images, error) || !read_array(label_path, 1, limit, labels, error)) {
        return false;
    }
    return images->size[0] == labels->size[0] ||
           ng_fail(error, NG_EXIT_USAGE, "%s: %zu labels for %zu images", label_path, labels->size[0], images->size[0]);
}

bool ng_images_load(const char *folder, const char *part, size_t limit, ng_images *images, ng_error *error)
{
    array pixels = {{0}, NULL};
    array labels = {{0}, NULL};
    *images = (ng_images){0};
    if (!read_pair(folder, part, limit, &pixels, &labels, error)) {
        free(pixels.data);
        free(labels.data);
        return false;
    }
    *images = (ng_images){pixels.size[0], pixels.size[1], pixels.size[2], pixels.data, labels.data};
    return true;
}

void ng_images_free(ng_images *images)
{
    free(images->images);
    free(images->labels);
    *images = (ng_images){0};
}
