/* scratch.h: a folder of its own for each test (a checked fixture: scratch_make, scratch_remove). */
#ifndef SUPPORT_SCRATCH_H
#define SUPPORT_SCRATCH_H

#include <stddef.h>

#include "src/base/file.h"

void scratch_make(void);
void scratch_remove(void);

/* Path of a name in the folder, in a buffer of which there are 64, used in turn. */
const char *scratch_path(const char *name);

/* Writes a file, making its folder, and returns its path. */
const char *scratch_write(const char *name, const void *data, size_t size);
const char *scratch_text(const char *name, const char *text);

#endif
