/* cifar.h: CIFAR-10 binary batches: records of 3073 bytes, a label and the 32 x 32 bytes of red, green and blue. */
#ifndef NG_CIFAR_H
#define NG_CIFAR_H

#include "src/data/samples.h"

/* Reads at most `limit` records (0: all) of the file. Errors (exit 2, with file and offset): not whole records, none, a
 * label above 9. Free with ng_samples_free(). */
bool ng_cifar_load(const char *path, size_t limit, ng_samples *samples, ng_error *error);

#endif
