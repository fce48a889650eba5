#include "src/store/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STORE_FOLDER "build/store"

static bool record_path(const char *kind, const char *key, char *path, ng_error *error)
{
    if (strspn(kind, "abcdefghijklmnopqrstuvwxyz_0123456789") != strlen(kind) || strspn(key, "0123456789abcdef") != strlen(key)) {
        return ng_fail(error, NG_EXIT_USAGE, "store: bad kind or key '%s/%s'", kind, key);
    }
    return ng_path(path, error, "%s/%s/%s.json", STORE_FOLDER, kind, key);
}

bool ng_store_get(const char *kind, const char key[NG_HASH_SIZE], json_t **record, ng_error *error)
{
    char path[NG_PATH_SIZE];
    *record = NULL;
    if (!record_path(kind, key, path, error)) {
        return false;
    }
    if (!ng_exists(path)) {
        return true;
    }
    *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(*record)) {
        json_decref(*record);
        *record = NULL;
        (void)unlink(path);
    }
    return true;
}

bool ng_store_put(const char *kind, const char key[NG_HASH_SIZE], json_t *record, ng_error *error)
{
    char path[NG_PATH_SIZE];
    if (!record_path(kind, key, path, error)) {
        return false;
    }
    char *text = json_dumps(record, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    if (text == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "store: cannot write %s as JSON", kind);
    }
    const bool fine = ng_write_file(path, text, strlen(text), error);
    free(text);
    return fine;
}
