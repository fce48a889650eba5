#include <string.h>

#include "src/netlist/counts.h"

static const char *const names[NG_PART_COUNT] = {"multiply", "align", "accumulate", "convert", "other"};

const char *ng_part_name(ng_part part)
{
    return names[part < NG_PART_COUNT ? part : NG_PART_OTHER];
}

/* An instance name starts after "." (yosys joins levels with it) or "\" (a public name), or at the front. */
ng_part ng_part_of(const char *cell_name)
{
    ng_part part = NG_PART_OTHER;
    for (const char *at = cell_name; *at != 0; at++) {
        if ((at != cell_name && at[-1] != '.' && at[-1] != '\\') || strncmp(at, "u_", 2) != 0) {
            continue;
        }
        for (unsigned i = 0; i < NG_PART_OTHER; i++) {
            if (strncmp(at + 2, names[i], strlen(names[i])) == 0) {
                part = (ng_part)i;
            }
        }
    }
    return part;
}
