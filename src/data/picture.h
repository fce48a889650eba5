/* picture.h: pictures as bytes, [height][width][channels], and their way into a network. */
#ifndef NG_PICTURE_H
#define NG_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { NG_SIDE_MOST = 1 << 14, NG_PIXELS_MOST = 1 << 26, NG_CHANNELS_MOST = 3 };

typedef struct {
    size_t height;
    size_t width;
    size_t channels; /* 1: grey, 3: red, green, blue */
    uint8_t *bytes;
} ng_picture;

void ng_picture_free(ng_picture *picture);

/* Reads a PNG or JPEG file, told apart by their first bytes: grey ones give one channel, all others three. A palette is
 * looked up, 16 bits are cut to the upper 8, transparency is dropped. Sides are at most NG_SIDE_MOST, pixels
 * NG_PIXELS_MOST. Errors (exit 2, with file and offset): anything malformed or cut off. Free with ng_picture_free(). */
bool ng_picture_read(const char *path, ng_picture *picture, ng_error *error);

/* The two decoders; `path` is for messages alone. Any bytes may be given. */
bool ng_png_decode(const char *path, const uint8_t *data, size_t size, ng_picture *picture, ng_error *error);
bool ng_jpeg_decode(const char *path, const uint8_t *data, size_t size, ng_picture *picture, ng_error *error);

#endif
