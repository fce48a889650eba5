/* options.h: the command line of every verb, from one table (options.def). */
#ifndef NG_OPTIONS_H
#define NG_OPTIONS_H

#include <stdio.h>

#include "src/base/error.h"

typedef struct {
#define TEXT(field, name, argument, value, text, verbs) const char *field;
#define NUMBER(field, name, argument, value, least, most, text, verbs) long field;
#define FLAG(field, name, text, verbs) bool field;
#include "src/cli/options.def"
#undef TEXT
#undef NUMBER
#undef FLAG
    char *const *words; /* what is not an option, in its order */
    int word_count;
} ng_options;

/* Parses argv[first..]; moves its words to argv + first, where options->words points. Errors (exit 2): unknown option (with the nearest), missing, malformed or out-of-range value,
 * an option the verb does not take. */
bool ng_options_parse(const char *verb, int argc, char **argv, int first, ng_options *options, ng_error *error);

/* The options a verb takes, one a line, defaults shown. */
void ng_options_help(FILE *out, const char *verb);

#endif
