/* lookup.h: the format a word names, or why there is none. */
#ifndef NG_LOOKUP_H
#define NG_LOOKUP_H

#include "model/format.h"
#include "src/base/error.h"

/* Any name of model/format_name.h, and that of `codebook` (may be NULL), which must outlive the format. Errors (exit 2) begin
 * with `where` and say the word, the place in it, and the nearest names or that a number is out of range. */
bool ng_format_lookup(const char *where, const char *name, const ng_codebook *codebook, ng_format *format, ng_error *error);

#endif
