/* listing.h: picture files and their labels: a folder of classes, or a text file. */
#ifndef NG_LISTING_H
#define NG_LISTING_H

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

typedef struct {
    size_t count;
    char **files;     /* paths */
    uint32_t *labels;
} ng_listing;

/* A folder: its subfolders are the classes, numbered from 0 in the byte order of their names; their .png, .jpg and .jpeg files
 * (in any case) are taken in turn, the first of each class, then the second of each.., so that any number of first ones
 * is a fair sample. A text file: lines "PATH LABEL", the path relative to the text file's folder, the label a number from 0 to
 * 65535 behind the last blank; empty lines and lines that start with # are skipped. Errors: exit 2, with file and line;
 * exit 3 without memory. Free with ng_listing_free(). */
bool ng_listing_load(const char *path, ng_listing *listing, ng_error *error);

void ng_listing_free(ng_listing *listing);

#endif
