#include "tests/support/scratch.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 64 };

static char folder[64];

void scratch_make(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/ng_test_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

void scratch_remove(void)
{
    ng_error error;
    ck_assert(ng_remove_tree(folder, &error));
}

const char *scratch_path(const char *name)
{
    static char paths[KEPT][NG_PATH_SIZE];
    static unsigned next;
    ng_error error;
    char *path = paths[next++ % KEPT];
    ck_assert(ng_path(path, &error, "%s/%s", folder, name));
    return path;
}

const char *scratch_write(const char *name, const void *data, size_t size)
{
    ng_error error;
    const char *path = scratch_path(name);
    const char *slash = strrchr(path, '/');
    char parent[NG_PATH_SIZE];
    ck_assert(ng_path(parent, &error, "%.*s", (int)(slash - path), path));
    ck_assert_msg(ng_make_folders(parent, &error), "%s", error.text);
    (void)remove(path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

const char *scratch_text(const char *name, const char *text)
{
    return scratch_write(name, text, strlen(text));
}
