/* process.h: running another program without a shell. */
#ifndef NG_PROCESS_H
#define NG_PROCESS_H

#include <sys/types.h>

#include "src/base/file.h"

/* Starts argv[0] (found on PATH) with NULL-terminated argv; standard input is /dev/null, standard output and error go
 * to the file `log` (created; NULL: inherited). folder: working folder, NULL for the current one. *pid on success. */
bool ng_start(const char *const argv[], const char *folder, const char *log, pid_t *pid, ng_error *error);

/* Starts as above with standard error in a file of its own. */
bool ng_start_split(const char *const argv[], const char *output, const char *errors, pid_t *pid, ng_error *error);

/* Waits for any child of this program: its pid and its exit status, 128 + the signal that ended it. False: no child. */
bool ng_wait_any(pid_t *pid, int *status);

/* Starts as above and waits. Errors: cannot start (exit 3); ended with a non-zero status or a signal: exit 1, the
 * error names the program, how it ended and the last lines of the log. */
bool ng_run(const char *const argv[], const char *folder, const char *log, ng_error *error);

/* The same, ended by force after so many seconds: *ended is false then, which is no error. */
bool ng_run_limited(const char *const argv[], const char *folder, const char *log, unsigned seconds, bool *ended,
                    ng_error *error);

/* Runs argv and returns the first `limit` bytes of its standard output. Same errors; standard error is dropped. */
bool ng_capture(const char *const argv[], size_t limit, ng_buffer *output, ng_error *error);

#endif
