#include "src/base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool ng_fail(ng_error *error, int exit_code, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        error->exit_code = exit_code;
        va_start(arguments, format);
        (void)vsnprintf(error->text, sizeof error->text, format, arguments);
        va_end(arguments);
    }
    return false;
}
