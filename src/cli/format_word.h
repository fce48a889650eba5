/* format_word.h: the format a word names. */
#ifndef NG_FORMAT_WORD_H
#define NG_FORMAT_WORD_H

#include "model/format.h"
#include "src/cli/options.h"

/* A format and what it points to. Not to be copied. */
typedef struct {
    ng_format format;
    ng_codebook codebook;
} ng_named_format;

/* Reads --codebook, if given, and the format named `name`. Error (exit 2): the word, the place in it, the nearest names. */
bool ng_format_word(const char *verb, const ng_options *options, const char *name, ng_named_format *named, ng_error *error);

#endif
