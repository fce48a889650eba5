/* random_format.h: legal descriptors of every kind, not only those of the catalogue. */
#ifndef SUPPORT_RANDOM_FORMAT_H
#define SUPPORT_RANDOM_FORMAT_H

#include "model/format.h"

enum { RANDOM_FORMAT_BITS = 8 };

/* Descriptor number `index` of the seed, of at most RANDOM_FORMAT_BITS bits: fields drawn until ng_format_valid() takes them.
 * `codebook` is filled and pointed to where the kind is CODEBOOK. */
void random_format(uint64_t seed, uint64_t index, ng_codebook *codebook, ng_format *format);

#endif
