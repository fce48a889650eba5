#define _DEFAULT_SOURCE
#include "src/base/arguments.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/process.h"

/* Takes over `word`, which may be NULL after a failed allocation. */
static void take(ng_arguments *arguments, char *word)
{
    char **grown = word != NULL ? realloc(arguments->words, (arguments->count + 2) * sizeof *grown) : NULL;
    if (grown == NULL) {
        free(word);
        arguments->failed = true;
        return;
    }
    arguments->words = grown;
    grown[arguments->count++] = word;
    grown[arguments->count] = NULL;
}

void ng_arguments_add(ng_arguments *arguments, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *word = length < 0 ? NULL : malloc((size_t)length + 1);
    if (word != NULL) {
        va_start(values, format);
        (void)vsnprintf(word, (size_t)length + 1, format, values);
        va_end(values);
    }
    take(arguments, word);
}

void ng_arguments_add_all(ng_arguments *arguments, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++) {
        take(arguments, strdup(words[i]));
    }
}

static bool ends_in(const char *name, const char *suffix)
{
    const size_t length = strlen(name);
    const size_t tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

bool ng_arguments_add_folder(ng_arguments *arguments, const char *folder, const char *suffix, ng_error *error)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot list the folder", folder);
    }
    for (int i = 0; i < count; i++) {
        if (ends_in(entries[i]->d_name, suffix)) {
            ng_arguments_add(arguments, "%s/%s", folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    return true;
}

bool ng_arguments_run(ng_arguments *arguments, const char *log, ng_error *error)
{
    const bool usable = !arguments->failed && arguments->count != 0;
    const bool fine = usable ? ng_run((const char *const *)arguments->words, NULL, log, error)
                             : ng_fail(error, NG_EXIT_MISSING, "out of memory for a command");
    ng_arguments_free(arguments);
    return fine;
}

void ng_arguments_free(ng_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        free(arguments->words[i]);
    }
    free(arguments->words);
    *arguments = (ng_arguments){0};
}
