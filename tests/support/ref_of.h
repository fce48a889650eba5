/* ref_of.h: a descriptor of model/ in the oracle's own, field by field. */
#ifndef SUPPORT_REF_OF_H
#define SUPPORT_REF_OF_H

#include "model/format.h"
#include "tests/ref/ref_format.h"

/* The mirror of the descriptor; a codebook's values stay the caller's, the bundled one's are the oracle's own. */
ref_format ref_format_of(const ng_format *format);

#endif
