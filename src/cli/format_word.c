#include "src/cli/format_word.h"

#include "src/cli/codebook.h"
#include "src/formats/lookup.h"

bool ng_format_word(const char *verb, const ng_options *options, const char *name, ng_named_format *named, ng_error *error)
{
    const bool own = options->codebook[0] != 0;
    named->codebook.name[0] = 0;
    if (own && !ng_codebook_load(options->codebook, &named->codebook, error)) {
        return false;
    }
    return ng_format_lookup(verb, name, own ? &named->codebook : NULL, &named->format, error);
}
