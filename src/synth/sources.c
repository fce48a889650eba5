#define _DEFAULT_SOURCE
#include "src/synth/sources.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static const size_t SOURCE_LIMIT = (size_t)1 << 20;

static bool is_word(int character)
{
    return isalnum(character) || character == '_';
}

/* Length of NAME in NAME.sv, 0 for another kind of file. */
static size_t stem_length(const char *name)
{
    const size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".sv") == 0 ? length - 3 : 0;
}

static bool is_safe(const char *name, size_t stem)
{
    for (size_t i = 0; i < stem; i++) {
        if (!is_word((unsigned char)name[i])) {
            return false;
        }
    }
    return true;
}

static bool add_file(ng_sources *sources, const char *folder, const char *prefix, const char *name, ng_error *error)
{
    char path[NG_PATH_SIZE];
    if (!is_safe(name, stem_length(name)) || strlen(prefix) + strlen(name) >= NG_SOURCE_NAME_SIZE) {
        return ng_fail(error, NG_EXIT_USAGE, "%s/%s%s: unusable file name", folder, prefix, name);
    }
    if (sources->count == NG_SOURCES_MAX) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: more than %d RTL files", folder, NG_SOURCES_MAX);
    }
    ng_source *file = &sources->files[sources->count];
    if (!ng_path(path, error, "%s/%s%s", folder, prefix, name) ||
        !ng_read_file(path, SOURCE_LIMIT, &file->text, error)) {
        return false;
    }
    sources->count++;
    memcpy(file->name, prefix, strlen(prefix));
    memcpy(file->name + strlen(prefix), name, strlen(name) + 1);
    return true;
}

static bool add_folder(ng_sources *sources, const char *folder, const char *prefix, ng_error *error)
{
    char path[NG_PATH_SIZE];
    struct dirent **entries;
    if (!ng_path(path, error, "%s/%s", folder, prefix)) {
        return false;
    }
    const int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: cannot list the folder", path);
    }
    bool fine = true;
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.' && stem_length(entries[i]->d_name) != 0) {
            fine = fine && add_file(sources, folder, prefix, entries[i]->d_name, error);
        }
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static ng_source *find(ng_sources *sources, const char *word, size_t length)
{
    for (size_t i = 0; i < sources->count; i++) {
        const char *slash = strrchr(sources->files[i].name, '/');
        const char *name = slash != NULL ? slash + 1 : sources->files[i].name;
        if (stem_length(name) == length && memcmp(name, word, length) == 0) {
            return &sources->files[i];
        }
    }
    return NULL;
}

/* Marks `file` and everything its identifiers lead to. Recursion is bounded: every call marks one more file. */
static void mark(ng_sources *sources, ng_source *file)
{
    const char *text = (const char *)file->text.data;
    file->needed = true;
    for (size_t at = 0; at < file->text.size;) {
        size_t length = 0;
        while (at + length < file->text.size && is_word((unsigned char)text[at + length])) {
            length++;
        }
        ng_source *other = length != 0 ? find(sources, text + at, length) : NULL;
        if (other != NULL && !other->needed) {
            mark(sources, other);
        }
        at += length + 1;
    }
}

static void drop_unneeded(ng_sources *sources)
{
    size_t kept = 0;
    for (size_t i = 0; i < sources->count; i++) {
        if (sources->files[i].needed) {
            sources->files[kept++] = sources->files[i];
        } else {
            ng_buffer_free(&sources->files[i].text);
        }
    }
    sources->count = kept;
}

static bool find_all(ng_sources *sources, const char *folder, const char *module, ng_error *error)
{
    char parts[NG_PATH_SIZE];
    if (!ng_path(parts, error, "%s/parts", folder) ||
        (ng_exists(parts) && !add_folder(sources, folder, "parts/", error)) ||
        !add_folder(sources, folder, "", error)) {
        return false;
    }
    ng_source *top = find(sources, module, strlen(module));
    if (top == NULL) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: no file %s.sv", folder, module);
    }
    mark(sources, top);
    drop_unneeded(sources);
    return true;
}

bool ng_sources_find(ng_sources *sources, const char *folder, const char *module, ng_error *error)
{
    *sources = (ng_sources){.files = calloc(NG_SOURCES_MAX, sizeof *sources->files)};
    if (sources->files == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "%s: out of memory", folder);
    }
    if (!find_all(sources, folder, module, error)) {
        ng_sources_free(sources);
        return false;
    }
    return true;
}

bool ng_sources_write(const ng_sources *sources, const char *folder, ng_error *error)
{
    char path[NG_PATH_SIZE];
    for (size_t i = 0; i < sources->count; i++) {
        const ng_source *file = &sources->files[i];
        if (!ng_path(path, error, "%s/rtl/%s", folder, file->name) ||
            !ng_write_file(path, file->text.data, file->text.size, error)) {
            return false;
        }
    }
    return true;
}

void ng_sources_free(ng_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        ng_buffer_free(&sources->files[i].text);
    }
    free(sources->files);
    *sources = (ng_sources){0};
}
