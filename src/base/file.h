/* file.h: whole files in and out. Writing is atomic: temporary name in the same folder, fsync, rename, fsync of the
 * folder; a killed program leaves the old file or the new one, and at worst an orphan named *.tmp.<pid>. */
#ifndef NG_FILE_H
#define NG_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { NG_PATH_SIZE = 1024 };

typedef struct {
    uint8_t *data; /* size bytes and a terminating 0; free with ng_buffer_free() */
    size_t size;
} ng_buffer;

void ng_buffer_free(ng_buffer *buffer);

/* Reads a regular file of at most `limit` bytes. Errors (exit 2): cannot open, not a regular file, larger. */
bool ng_read_file(const char *path, size_t limit, ng_buffer *buffer, ng_error *error);

/* Replaces `path` by size bytes of data, atomically; makes its folders. Errors (exit 3). */
bool ng_write_file(const char *path, const void *data, size_t size, ng_error *error);

/* mkdir -p. */
bool ng_make_folders(const char *path, ng_error *error);

/* snprintf into path[NG_PATH_SIZE]; false (exit 2) if it does not fit. */
__attribute__((format(printf, 3, 4))) bool ng_path(char *path, ng_error *error, const char *format, ...);

/* True if a file or folder of that name exists. */
bool ng_exists(const char *path);

/* Removes a folder and everything in it, not following links. Missing is fine. */
bool ng_remove_tree(const char *path, ng_error *error);

#endif
