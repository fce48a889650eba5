#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "src/store/store.h"

static int is_record(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length == NG_HASH_SIZE - 1 + 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static void visit_file(const char *folder, const char *name, ng_store_visitor *visit, void *context)
{
    char path[NG_PATH_SIZE];
    if (!ng_path(path, NULL, "%s/%s", folder, name)) {
        return;
    }
    json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(record)) {
        visit(context, record);
    }
    json_decref(record);
}

bool ng_store_each(const char *kind, ng_store_visitor *visit, void *context, ng_error *error)
{
    char folder[NG_PATH_SIZE];
    struct dirent **files;
    if (!ng_path(folder, error, "build/store/%s", kind)) {
        return false;
    }
    const int count = scandir(folder, &files, is_record, alphasort);
    if (count < 0) {
        return errno != ENOMEM || ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", folder);
    }
    for (int i = 0; i < count; i++) {
        visit_file(folder, files[i]->d_name, visit, context);
        free(files[i]);
    }
    free(files);
    return true;
}
