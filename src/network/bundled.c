#define _DEFAULT_SOURCE
#include "src/network/bundled.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/nearest.h"

enum { BUNDLED_MAX = 64 };

static const char suffix[] = ".onnx";

static bool ends_in_suffix(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && strcmp(dot, suffix) == 0;
}

static int is_network(const struct dirent *entry)
{
    return ends_in_suffix(entry->d_name);
}

static bool unknown(const char *name, ng_error *error)
{
    struct dirent **entries;
    const char *names[BUNDLED_MAX];
    char near[256] = "none is bundled";
    const int found = scandir("networks", &entries, is_network, alphasort);
    size_t count = 0;
    for (int i = 0; i < found && count < BUNDLED_MAX; i++) {
        entries[i]->d_name[strlen(entries[i]->d_name) - strlen(suffix)] = 0;
        names[count++] = entries[i]->d_name;
    }
    if (count > 0) {
        ng_nearest_text(name, names, count, near, sizeof near);
    }
    for (int i = 0; i < found; i++) {
        free(entries[i]);
    }
    if (found >= 0) {
        free(entries);
    }
    return ng_fail(error, NG_EXIT_USAGE, "unknown network '%.64s'; nearest: %s (or the path of an .onnx file)", name, near);
}

bool ng_network_path(const char *name, char path[NG_PATH_SIZE], ng_error *error)
{
    if (strchr(name, '/') != NULL || ends_in_suffix(name)) {
        return ng_path(path, error, "%s", name);
    }
    return ng_path(path, error, "networks/%s%s", name, suffix) && (ng_exists(path) || unknown(name, error));
}
