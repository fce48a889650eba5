/* sources.h: the RTL files a module needs: its own and, file by file, those whose names occur in it as identifiers. One module
 * a file and the file named after it, so no parser is needed; a name in a comment only adds a file. */
#ifndef NG_SOURCES_H
#define NG_SOURCES_H

#include "src/base/file.h"

enum { NG_SOURCES_MAX = 1024, NG_SOURCE_NAME_SIZE = 128 };

typedef struct {
    char name[NG_SOURCE_NAME_SIZE]; /* below the RTL folder: "int_mul.sv", "parts/booth_row.sv" */
    ng_buffer text;
    bool needed;
} ng_source;

typedef struct {
    ng_source *files; /* sorted, parts/ first */
    size_t count;
} ng_sources;

/* Reads folder/parts/ and folder/ and keeps what `module` needs. Errors (exit 2): no folder, no MODULE.sv, a .sv file whose
 * name has other characters than letters, digits and _, over a mebibyte, too many files. Free with ng_sources_free(). */
bool ng_sources_find(ng_sources *sources, const char *folder, const char *module, ng_error *error);

/* Writes them to folder/rtl/: the very texts that were read, so that files that change under us cannot get in. */
bool ng_sources_write(const ng_sources *sources, const char *folder, ng_error *error);

void ng_sources_free(ng_sources *sources);

#endif
