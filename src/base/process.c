#define _GNU_SOURCE
#include "src/base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static bool start(const char *const argv[], posix_spawn_file_actions_t *actions, pid_t *pid, ng_error *error)
{
    /* posix_spawnp does not write to argv; its prototype predates const. */
    union {
        const char *const *in;
        char *const *out;
    } words = {.in = argv};
    const int failed = posix_spawnp(pid, argv[0], actions, NULL, words.out, environ);
    if (failed != 0) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot start: %s", argv[0], strerror(failed));
    }
    return true;
}

bool ng_start(const char *const argv[], const char *folder, const char *log, pid_t *pid, ng_error *error)
{
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    failed |= posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (log != NULL) {
        failed |= posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        failed |= posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    }
    if (folder != NULL) {
        failed |= posix_spawn_file_actions_addchdir_np(&actions, folder);
    }
    const bool fine = failed == 0 ? start(argv, &actions, pid, error)
                                  : ng_fail(error, NG_EXIT_MISSING, "%s: cannot prepare to start", argv[0]);
    (void)posix_spawn_file_actions_destroy(&actions);
    return fine;
}

bool ng_start_split(const char *const argv[], const char *output, const char *errors, pid_t *pid, ng_error *error)
{
    posix_spawn_file_actions_t actions;
    const int mode = O_WRONLY | O_CREAT | O_TRUNC;
    int failed = posix_spawn_file_actions_init(&actions);
    failed |= posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, mode, 0666);
    failed |= posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, mode, 0666);
    const bool fine = failed == 0 ? start(argv, &actions, pid, error)
                                  : ng_fail(error, NG_EXIT_MISSING, "%s: cannot prepare to start", argv[0]);
    (void)posix_spawn_file_actions_destroy(&actions);
    return fine;
}

bool ng_wait_any(pid_t *pid, int *status)
{
    int raw = 0;
    do {
        *pid = waitpid(-1, &raw, 0);
    } while (*pid < 0 && errno == EINTR);
    *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    return *pid > 0;
}

static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/* Last lines of a log, or nothing. */
static void tail_of(const char *log, char *tail, size_t size)
{
    ng_buffer text;
    tail[0] = 0;
    if (log == NULL || !ng_read_file(log, (size_t)1 << 28, &text, NULL)) {
        return;
    }
    while (text.size > 0 && text.data[text.size - 1] == '\n') {
        text.data[--text.size] = 0;
    }
    const size_t kept = text.size < size - 3 ? text.size : size - 3;
    tail[0] = ':';
    tail[1] = '\n';
    memcpy(tail + 2, text.data + text.size - kept, kept);
    tail[2 + kept] = 0;
    ng_buffer_free(&text);
}

static bool judge(const char *name, int status, const char *log, ng_error *error)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    char tail[NG_ERROR_SIZE / 2];
    tail_of(log, tail, sizeof tail);
    if (WIFSIGNALED(status)) {
        return ng_fail(error, NG_EXIT_CHECK, "%s: ended by signal %d%s", name, WTERMSIG(status), tail);
    }
    return ng_fail(error, NG_EXIT_CHECK, "%s: exit status %d%s", name, WEXITSTATUS(status), tail);
}

bool ng_run(const char *const argv[], const char *folder, const char *log, ng_error *error)
{
    pid_t pid;
    if (!ng_start(argv, folder, log, &pid, error)) {
        return false;
    }
    return judge(argv[0], wait_for(pid), log, error);
}

static double seconds_now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Waits until the process has ended or the time has come; false in the second case. */
static bool wait_until(pid_t pid, double deadline, int *status)
{
    const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
    while (waitpid(pid, status, WNOHANG) != pid) {
        if (seconds_now() > deadline) {
            return false;
        }
        (void)nanosleep(&moment, NULL);
    }
    return true;
}

bool ng_run_limited(const char *const argv[], const char *folder, const char *log, unsigned seconds, bool *ended,
                    ng_error *error)
{
    pid_t pid;
    int status = 0;
    const double deadline = seconds_now() + seconds;
    *ended = false;
    if (!ng_start(argv, folder, log, &pid, error)) {
        return false;
    }
    *ended = wait_until(pid, deadline, &status);
    if (!*ended) {
        (void)kill(pid, SIGKILL);
        (void)wait_for(pid);
        return true;
    }
    return judge(argv[0], status, log, error);
}

static size_t read_pipe(int fd, uint8_t *data, size_t limit)
{
    size_t size = 0;
    while (size < limit) {
        const ssize_t count = read(fd, data + size, limit - size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        size += (size_t)count;
    }
    return size;
}

bool ng_capture(const char *const argv[], size_t limit, ng_buffer *output, ng_error *error)
{
    int ends[2];
    uint8_t *data = malloc(limit + 1);
    if (data == NULL || pipe2(ends, O_CLOEXEC) != 0) {
        free(data);
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot make a pipe", argv[0]);
    }
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    failed |= posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    failed |= posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    bool fine = failed == 0 && start(argv, &actions, &pid, error);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    if (fine) {
        const size_t size = read_pipe(ends[0], data, limit);
        data[size] = 0;
        *output = (ng_buffer){data, size};
    }
    (void)close(ends[0]);
    if (fine) {
        fine = judge(argv[0], wait_for(pid), NULL, error);
    }
    if (!fine) {
        free(data);
        *output = (ng_buffer){0};
    }
    return fine;
}
