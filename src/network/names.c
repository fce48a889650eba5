#include "src/network/names.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    int index;
} entry;

static int compare(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

bool ng_names_add(ng_names *names, const char *name, int index)
{
    entry *made = malloc(sizeof *made);
    if (made == NULL) {
        return false;
    }
    *made = (entry){name, index};
    entry *const *found = tsearch(made, &names->root, compare);
    if (found == NULL || *found != made) {
        free(made);
        return false;
    }
    return true;
}

int ng_names_find(const ng_names *names, const char *name)
{
    const entry wanted = {name, -1};
    entry *const *found = tfind(&wanted, &names->root, compare);
    return found == NULL ? -1 : (*found)->index;
}

void ng_names_free(ng_names *names)
{
    while (names->root != NULL) {
        entry *first = *(entry **)names->root;
        (void)tdelete(first, &names->root, compare);
        free(first);
    }
}
