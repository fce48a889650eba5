/* names.h: from the names of an ONNX graph to indices of values. */
#ifndef NG_NAMES_H
#define NG_NAMES_H

#include <stdbool.h>

typedef struct {
    void *root; /* a tree of search.h */
} ng_names;

/* Binds name to index; the text must outlive *names. False if the name is taken or memory is short. */
bool ng_names_add(ng_names *names, const char *name, int index);

/* The index bound to name, or -1. */
int ng_names_find(const ng_names *names, const char *name);

void ng_names_free(ng_names *names);

#endif
