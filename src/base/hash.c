#define _DEFAULT_SOURCE
#include "src/base/hash.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void ng_hash_start(ng_hash *hash)
{
    SHA256Init(&hash->context);
}

void ng_hash_bytes(ng_hash *hash, const char *name, const void *data, size_t size)
{
    char frame[128];
    const int length = snprintf(frame, sizeof frame, "%.80s %zu\n", name, size);
    SHA256Update(&hash->context, (const uint8_t *)frame, (size_t)length);
    SHA256Update(&hash->context, data, size);
}

void ng_hash_text(ng_hash *hash, const char *name, const char *text)
{
    ng_hash_bytes(hash, name, text, strlen(text));
}

void ng_hash_number(ng_hash *hash, const char *name, long long value)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%lld", value);
    ng_hash_text(hash, name, text);
}

bool ng_hash_file(ng_hash *hash, const char *name, const char *path, ng_error *error)
{
    ng_buffer content;
    if (!ng_read_file(path, (size_t)1 << 30, &content, error)) {
        return false;
    }
    ng_hash_bytes(hash, name, content.data, content.size);
    ng_buffer_free(&content);
    return true;
}

static bool has_suffix(const char *name, const char *const suffixes[])
{
    const size_t length = strlen(name);
    for (size_t i = 0; suffixes[i] != NULL; i++) {
        const size_t size = strlen(suffixes[i]);
        if (length >= size && strcmp(name + length - size, suffixes[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool hash_entry(ng_hash *hash, const char *folder, const char *name, const char *const suffixes[],
                       ng_error *error)
{
    char path[NG_PATH_SIZE];
    struct stat info;
    if (name[0] == '.') {
        return true;
    }
    if (!ng_path(path, error, "%s/%s", folder, name)) {
        return false;
    }
    if (lstat(path, &info) != 0) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: vanished while hashing", path);
    }
    if (S_ISDIR(info.st_mode)) {
        return ng_hash_folder(hash, path, suffixes, error);
    }
    return !S_ISREG(info.st_mode) || !has_suffix(name, suffixes) || ng_hash_file(hash, name, path, error);
}

bool ng_hash_folder(ng_hash *hash, const char *folder, const char *const suffixes[], ng_error *error)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: cannot list the folder", folder);
    }
    bool fine = true;
    for (int i = 0; i < count; i++) {
        fine = fine && hash_entry(hash, folder, entries[i]->d_name, suffixes, error);
        free(entries[i]);
    }
    free(entries);
    return fine;
}

void ng_hash_end(ng_hash *hash, char text[NG_HASH_SIZE])
{
    (void)SHA256End(&hash->context, text);
}
