/* zip.h: one member of a zip archive, as numpy's .npz files are: stored or deflated, no encryption, below 4 GiB. */
#ifndef NG_ZIP_H
#define NG_ZIP_H

#include "src/base/file.h"

/* The unpacked content of member `name` of the archive data[size]. Sizes and the CRC-32 are checked; an entry that asks for more
 * than `limit` bytes is refused before memory is taken. Errors (exit 2, with `path` and offset). Free with
 * ng_buffer_free(). */
bool ng_zip_member(const char *path, const uint8_t *data, size_t size, const char *name, size_t limit, ng_buffer *out,
                   ng_error *error);

#endif
