#include "src/data/picture.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"

enum { FILE_MOST = 1 << 28 };

void ng_picture_free(ng_picture *picture)
{
    free(picture->bytes);
    *picture = (ng_picture){0};
}

static bool decode(const char *path, const ng_buffer *file, ng_picture *picture, ng_error *error)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G'};
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
    if (file->size > sizeof png && memcmp(file->data, png, sizeof png) == 0) {
        return ng_png_decode(path, file->data, file->size, picture, error);
    }
    if (file->size > sizeof jpeg && memcmp(file->data, jpeg, sizeof jpeg) == 0) {
        return ng_jpeg_decode(path, file->data, file->size, picture, error);
    }
    return ng_fail(error, NG_EXIT_USAGE, "%s: offset 0: neither a PNG nor a JPEG file", path);
}

bool ng_picture_read(const char *path, ng_picture *picture, ng_error *error)
{
    ng_buffer file;
    *picture = (ng_picture){0};
    if (!ng_read_file(path, FILE_MOST, &file, error)) {
        return false;
    }
    const bool fine = decode(path, &file, picture, error);
    ng_buffer_free(&file);
    return fine;
}
