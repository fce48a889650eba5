#include "src/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ng_buffer_free(ng_buffer *buffer)
{
    free(buffer->data);
    *buffer = (ng_buffer){0};
}

bool ng_path(char *path, ng_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(path, NG_PATH_SIZE, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= NG_PATH_SIZE) {
        return ng_fail(error, NG_EXIT_USAGE, "path too long: %.64s...", path);
    }
    return true;
}

bool ng_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static bool read_all(int fd, uint8_t *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t count = read(fd, data + done, size - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

static bool read_open(int fd, const char *path, size_t limit, ng_buffer *buffer, ng_error *error)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: not a regular file", path);
    }
    const size_t size = (size_t)info.st_size;
    if (size > limit) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %zu bytes, more than the limit of %zu", path, size, limit);
    }
    uint8_t *data = malloc(size + 1);
    if (data == NULL || !read_all(fd, data, size)) {
        free(data);
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot read: %s", path, strerror(errno));
    }
    data[size] = 0;
    *buffer = (ng_buffer){data, size};
    return true;
}

bool ng_read_file(const char *path, size_t limit, ng_buffer *buffer, ng_error *error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: %s", path, strerror(errno));
    }
    const bool fine = read_open(fd, path, limit, buffer, error);
    (void)close(fd);
    return fine;
}

bool ng_make_folders(const char *path, ng_error *error)
{
    char part[NG_PATH_SIZE];
    if (!ng_path(part, error, "%s", path)) {
        return false;
    }
    for (char *slash = strchr(part + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash != NULL) {
            *slash = 0;
        }
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            return ng_fail(error, NG_EXIT_MISSING, "%s: cannot make the folder: %s", part, strerror(errno));
        }
        if (slash == NULL) {
            return true;
        }
        *slash = '/';
    }
}

/* Splits off the folder of a path: "a/b" -> "a", "b" -> ".". */
static bool folder_of(const char *path, char *folder, ng_error *error)
{
    if (!ng_path(folder, error, "%s", path)) {
        return false;
    }
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        return ng_path(folder, error, ".");
    }
    slash[slash == folder ? 1 : 0] = 0;
    return true;
}

static bool write_all(int fd, const uint8_t *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const ssize_t count = write(fd, data + done, size - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        done += (size_t)count;
    }
    return fsync(fd) == 0;
}

static void sync_folder(const char *folder)
{
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

bool ng_write_file(const char *path, const void *data, size_t size, ng_error *error)
{
    char folder[NG_PATH_SIZE];
    char temporary[NG_PATH_SIZE];
    if (!folder_of(path, folder, error) || !ng_make_folders(folder, error) ||
        !ng_path(temporary, error, "%s.tmp.%ld", path, (long)getpid())) {
        return false;
    }
    const int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot write: %s", temporary, strerror(errno));
    }
    const bool written = write_all(fd, data, size);
    const int reason = errno;
    if (close(fd) != 0 || !written || rename(temporary, path) != 0) {
        const int cause = written ? errno : reason;
        (void)unlink(temporary);
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot write: %s", path, strerror(cause));
    }
    sync_folder(folder);
    return true;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

bool ng_remove_tree(const char *path, ng_error *error)
{
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot remove: %s", path, strerror(errno));
    }
    return true;
}
