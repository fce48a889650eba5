#include "src/base/orphans.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/file.h"

/* The process that wrote NAME.tmp.PID, or 0 for any other name. */
static pid_t writer(const char *name)
{
    static const char mark[] = ".tmp.";
    const char *last = NULL;
    for (const char *at = strstr(name, mark); at != NULL; at = strstr(at + 1, mark)) {
        last = at + strlen(mark);
    }
    if (last == NULL || last[0] == 0 || strlen(last) > 9 || strspn(last, "0123456789") != strlen(last)) {
        return 0;
    }
    return (pid_t)strtol(last, NULL, 10);
}

/* True for a process that is gone, or dead and not waited for yet. */
static bool has_ended(pid_t pid)
{
    char path[64];
    char text[256];
    if (kill(pid, 0) != 0) {
        return errno == ESRCH;
    }
    (void)snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "r");
    const size_t size = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    text[size] = 0;
    const char *name_end = strrchr(text, ')');
    return name_end != NULL && strncmp(name_end, ") Z", 3) == 0;
}

void ng_remove_orphans(const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[NG_PATH_SIZE];
        const pid_t pid = writer(entry->d_name);
        if (pid > 0 && has_ended(pid) && ng_path(path, NULL, "%s/%s", folder, entry->d_name)) {
            (void)ng_remove_tree(path, NULL);
        }
    }
    (void)closedir(directory);
}
