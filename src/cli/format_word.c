#include "src/cli/format_word.h"

#include "model/format_name.h"
#include "src/base/nearest.h"
#include "src/cli/codebook.h"

enum { NAMES_MAX = 256 };

static bool refuse(const char *verb, const char *name, ng_parse_status status, size_t position, const ng_codebook *codebook,
                   ng_error *error)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    char near[256];
    if (status == NG_PARSE_RANGE) {
        return ng_fail(error, NG_EXIT_USAGE, "%s: no format '%.64s': out of range at character %zu", verb, name, position + 1);
    }
    if (codebook->name[0] != 0) {
        names[count++] = codebook->name;
    }
    for (size_t i = 0; count < NAMES_MAX && ng_format_at(i) != NULL; i++) {
        names[count++] = ng_format_at(i)->name;
    }
    ng_nearest_text(name, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "%s: unknown format '%.64s'; nearest: %s (not a name from character %zu on)", verb, name,
                   near, position + 1);
}

bool ng_format_word(const char *verb, const ng_options *options, const char *name, ng_named_format *named, ng_error *error)
{
    const bool own = options->codebook[0] != 0;
    size_t position = 0;
    named->codebook.name[0] = 0;
    if (own && !ng_codebook_load(options->codebook, &named->codebook, error)) {
        return false;
    }
    const ng_parse_status status = ng_format_parse(name, &named->codebook, own ? 1 : 0, &named->format, &position);
    return status == NG_PARSE_OK || refuse(verb, name, status, position, &named->codebook, error);
}
