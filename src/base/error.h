/* error.h: one way to say what went wrong. A fallible function returns false and fills an ng_error; only src/cli
 * prints it and exits. Exit codes: 1 a check failed, 2 wrong usage or bad input, 3 something is missing here. */
#ifndef NG_ERROR_H
#define NG_ERROR_H

#include <stdbool.h>

enum { NG_EXIT_OK = 0, NG_EXIT_CHECK = 1, NG_EXIT_USAGE = 2, NG_EXIT_MISSING = 3, NG_ERROR_SIZE = 1024 };

typedef struct {
    int exit_code;
    char text[NG_ERROR_SIZE];
} ng_error;

/* Fills *error (may be NULL) and returns false, so that `return ng_fail(...)` reads well. Text is truncated to fit. */
__attribute__((format(printf, 3, 4))) bool ng_fail(ng_error *error, int exit_code, const char *format, ...);

#endif
