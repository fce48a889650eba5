#define _DEFAULT_SOURCE
#include "src/data/listing.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "src/base/file.h"

enum { TEXT_MOST = 1 << 28, FILES_MOST = 1 << 24, LABEL_MOST = 65535 };

typedef struct {
    ng_listing *listing;
    size_t room;
    ng_error *error;
} builder;

void ng_listing_free(ng_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        free(listing->files[i]);
    }
    free(listing->files);
    free(listing->labels);
    *listing = (ng_listing){0};
}

static bool make_room(builder *b)
{
    ng_listing *l = b->listing;
    if (l->count < b->room) {
        return true;
    }
    const size_t room = b->room == 0 ? 256 : 2 * b->room;
    char **files = realloc(l->files, room * sizeof *files);
    if (files == NULL) {
        return false;
    }
    l->files = files;
    uint32_t *labels = realloc(l->labels, room * sizeof *labels);
    if (labels == NULL) {
        return false;
    }
    l->labels = labels;
    b->room = room;
    return true;
}

static bool add(builder *b, const char *folder, const char *name, uint32_t label)
{
    char path[NG_PATH_SIZE];
    if (!ng_path(path, b->error, name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name)) {
        return false;
    }
    char *copy = make_room(b) && b->listing->count < FILES_MOST ? strdup(path) : NULL;
    if (copy == NULL) {
        return ng_fail(b->error, NG_EXIT_MISSING, "%s: no memory for so many files", folder);
    }
    b->listing->files[b->listing->count] = copy;
    b->listing->labels[b->listing->count++] = label;
    return true;
}

/* ---- a text file ----------------------------------------------------------------------------------------------- */

/* Splits "PATH LABEL", a line that ends with 0. */
static bool split_line(char *line, uint32_t *label)
{
    char *blank = strrchr(line, ' ');
    char *tab = strrchr(line, '\t');
    blank = tab != NULL && (blank == NULL || tab > blank) ? tab : blank;
    if (blank == NULL || blank[1] < '0' || blank[1] > '9') {
        return false;
    }
    char *end;
    const unsigned long number = strtoul(blank + 1, &end, 10);
    while (blank > line && (blank[-1] == ' ' || blank[-1] == '\t')) {
        blank--;
    }
    *blank = 0;
    *label = (uint32_t)number;
    return *end == 0 && number <= LABEL_MOST && line[0] != 0;
}

static bool add_line(builder *b, const char *path, const char *folder, char *line, size_t number)
{
    uint32_t label;
    const size_t length = strlen(line);
    if (length > 0 && line[length - 1] == '\r') {
        line[length - 1] = 0;
    }
    if (line[0] == 0 || line[0] == '#') {
        return true;
    }
    if (!split_line(line, &label)) {
        return ng_fail(b->error, NG_EXIT_USAGE, "%s: line %zu: a path and a label from 0 to %d are expected", path, number,
                       LABEL_MOST);
    }
    return add(b, folder, line, label);
}

static bool read_text(builder *b, const char *path)
{
    char folder[NG_PATH_SIZE];
    ng_buffer text;
    const char *slash = strrchr(path, '/');
    if (!ng_path(folder, b->error, "%.*s", slash != NULL ? (int)(slash - path) : 1, slash != NULL ? path : ".") ||
        !ng_read_file(path, TEXT_MOST, &text, b->error)) {
        return false;
    }
    bool fine = memchr(text.data, 0, text.size) == NULL || ng_fail(b->error, NG_EXIT_USAGE, "%s: not a text file", path);
    char *line = (char *)text.data;
    for (size_t number = 1; fine && line != NULL; number++) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = 0;
        }
        fine = add_line(b, path, folder, line, number);
        line = end != NULL ? end + 1 : NULL;
    }
    ng_buffer_free(&text);
    return fine;
}

/* ---- a folder -------------------------------------------------------------------------------------------------- */

typedef struct {
    char folder[NG_PATH_SIZE];
    struct dirent **entries;
    int count;
} class_files;

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int is_picture(const struct dirent *entry)
{
    static const char *const suffixes[] = {".png", ".jpg", ".jpeg"};
    const size_t length = strlen(entry->d_name);
    for (size_t i = 0; entry->d_name[0] != '.' && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        const size_t size = strlen(suffixes[i]);
        if (length > size && strcasecmp(entry->d_name + length - size, suffixes[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void free_entries(struct dirent **entries, int count)
{
    for (int i = 0; i < count; i++) {
        free(entries[i]);
    }
    free(entries);
}

/* The subfolders among the entries, with their pictures; false without memory or a path that is too long. */
static bool list_classes(const char *path, struct dirent **entries, int count, class_files *classes, size_t *found,
                         ng_error *error)
{
    for (int i = 0; i < count; i++) {
        class_files *c = &classes[*found];
        if (!ng_path(c->folder, error, "%s/%s", path, entries[i]->d_name)) {
            return false;
        }
        if (!is_folder(c->folder)) {
            continue;
        }
        c->count = scandir(c->folder, &c->entries, is_picture, by_name);
        if (c->count < 0) {
            return ng_fail(error, NG_EXIT_USAGE, "%s: cannot list the folder", c->folder);
        }
        *found += 1;
    }
    return true;
}

static bool add_in_turn(builder *b, const class_files *classes, size_t count)
{
    bool any = true;
    for (int turn = 0; any; turn++) {
        any = false;
        for (size_t i = 0; i < count && i <= LABEL_MOST; i++) {
            if (turn < classes[i].count) {
                any = true;
                if (!add(b, classes[i].folder, classes[i].entries[turn]->d_name, (uint32_t)i)) {
                    return false;
                }
            }
        }
    }
    return true;
}

static bool read_classes(builder *b, const char *path)
{
    struct dirent **entries;
    const int count = scandir(path, &entries, is_visible, by_name);
    if (count < 0) {
        return ng_fail(b->error, NG_EXIT_USAGE, "%s: cannot list the folder", path);
    }
    size_t found = 0;
    class_files *classes = calloc((size_t)count + 1, sizeof *classes);
    const bool fine = classes != NULL ? list_classes(path, entries, count, classes, &found, b->error) &&
                                            add_in_turn(b, classes, found)
                                      : ng_fail(b->error, NG_EXIT_MISSING, "%s: no memory for its classes", path);
    for (size_t i = 0; classes != NULL && i < found; i++) {
        free_entries(classes[i].entries, classes[i].count);
    }
    free(classes);
    free_entries(entries, count);
    return fine;
}

bool ng_listing_load(const char *path, ng_listing *listing, ng_error *error)
{
    builder b = {.listing = listing, .error = error};
    *listing = (ng_listing){0};
    bool fine = is_folder(path) ? read_classes(&b, path) : read_text(&b, path);
    fine = fine && (listing->count != 0 || ng_fail(error, NG_EXIT_USAGE, "%s: no pictures in it", path));
    if (!fine) {
        ng_listing_free(listing);
    }
    return fine;
}
