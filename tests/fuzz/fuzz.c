#define _GNU_SOURCE
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int fuzz_file(const uint8_t *data, size_t size, char path[FUZZ_PATH_SIZE])
{
    const int handle = memfd_create("fuzz", MFD_CLOEXEC);
    if (handle < 0 || (size != 0 && write(handle, data, size) != (ssize_t)size)) {
        abort();
    }
    (void)snprintf(path, FUZZ_PATH_SIZE, "/proc/self/fd/%d", handle);
    return handle;
}

void fuzz_file_close(int handle)
{
    (void)close(handle);
}
