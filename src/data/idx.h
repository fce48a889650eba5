/* idx.h: images and labels in IDX files (the MNIST format), gzip or plain.
 *
 * Header: 0, 0, 8 (unsigned bytes), rank, then `rank` sizes of 4 bytes, big endian; then the data, last axis innermost.
 */
#ifndef NG_IDX_H
#define NG_IDX_H

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

typedef struct {
    size_t count;    /* images and labels */
    size_t height;
    size_t width;
    uint8_t *images; /* [count][height][width] */
    uint8_t *labels; /* [count] */
} ng_images;

/* Reads FOLDER/PART-images-idx3-ubyte and FOLDER/PART-labels-idx1-ubyte, with .gz or without; part is "train" or
 * "t10k". limit: the first so many images, reading no further than needed; 0: all, and nothing may follow them.
 * Errors: exit 3 if neither file is there; exit 2, with file and offset of the unpacked data, if one is truncated,
 * corrupt, of another kind, or both do not belong together. Free with ng_images_free(). */
bool ng_images_load(const char *folder, const char *part, size_t limit, ng_images *images, ng_error *error);

void ng_images_free(ng_images *images);

/* Path of PART-KIND (kind: "images-idx3-ubyte", ...) with .gz if that exists, else without. Errors: exit 3. */
bool ng_idx_path(const char *folder, const char *part, const char *kind, char *path, ng_error *error);

#endif
