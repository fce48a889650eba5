#include "src/formats/lookup.h"

#include "model/format_name.h"
#include "src/base/nearest.h"

enum { NAMES_MAX = 256 };

static bool refuse(const char *where, const char *name, ng_parse_status status, size_t position, const ng_codebook *codebook,
                   ng_error *error)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    char near[256];
    if (status == NG_PARSE_RANGE) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: no format '%.64s': out of range at character %zu", where, name, position + 1);
    }
    if (codebook != NULL) {
        names[count++] = codebook->name;
    }
    for (size_t i = 0; count < NAMES_MAX && ng_format_at(i) != NULL; i++) {
        names[count++] = ng_format_at(i)->name;
    }
    ng_nearest_text(name, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "%s: unknown format '%.64s'; nearest: %s (not a name from character %zu on)", where, name,
                   near, position + 1);
}

bool ng_format_lookup(const char *where, const char *name, const ng_codebook *codebook, ng_format *format, ng_error *error)
{
    size_t position = 0;
    const ng_parse_status status = ng_format_parse(name, codebook, codebook != NULL ? 1 : 0, format, &position);
    return status == NG_PARSE_OK || refuse(where, name, status, position, codebook, error);
}
