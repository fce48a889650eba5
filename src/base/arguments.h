/* arguments.h: a growing argv for src/base/process.h. Words are copied; the first failure to add one is remembered and
 * reported by ng_arguments_run(), so that callers need not check every line. */
#ifndef NG_ARGUMENTS_H
#define NG_ARGUMENTS_H

#include <stddef.h>

#include "src/base/error.h"

typedef struct {
    char **words; /* NULL-terminated; NULL while empty */
    size_t count;
    bool failed;
} ng_arguments;

/* Appends one word, formatted as by printf. */
__attribute__((format(printf, 2, 3))) void ng_arguments_add(ng_arguments *arguments, const char *format, ...);

/* Appends a NULL-terminated list of words as they are. */
void ng_arguments_add_all(ng_arguments *arguments, const char *const words[]);

/* Appends folder/NAME for every NAME in the folder that ends in `suffix`, sorted. Error: cannot list it (exit 2). */
bool ng_arguments_add_folder(ng_arguments *arguments, const char *folder, const char *suffix, ng_error *error);

/* ng_run() in the current folder, then frees the words. Errors: those of ng_run(), out of memory (exit 3). */
bool ng_arguments_run(ng_arguments *arguments, const char *log, ng_error *error);

void ng_arguments_free(ng_arguments *arguments);

#endif
