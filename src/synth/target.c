#include "src/synth/target.h"

#include <string.h>

static const ng_target targets[] = {
#define TARGET(name, description, sites, library, read_command, synth_command) \
    {NG_TARGET_##name, #name, description, NG_SITES_##sites, library, read_command, synth_command},
#include "src/synth/targets.def"
#undef TARGET
};

static const ng_cell_type cells[] = {
#define CELL(target, type, role, inputs, outputs, parameter, table, flags) \
    {NG_TARGET_##target, #type, NG_ROLE_##role, inputs, outputs, parameter, table, flags},
#include "src/synth/cells.def"
#undef CELL
};

const ng_target *ng_target_at(size_t index)
{
    return index < NG_TARGET_COUNT ? &targets[index] : NULL;
}

const ng_target *ng_target_find(const char *name)
{
    for (size_t i = 0; i < NG_TARGET_COUNT; i++) {
        if (strcmp(targets[i].name, name) == 0) {
            return &targets[i];
        }
    }
    return NULL;
}

const ng_cell_type *ng_target_cell(const ng_target *target, const char *type)
{
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        if (cells[i].target == target->id && strcmp(cells[i].type, type) == 0) {
            return &cells[i];
        }
    }
    return NULL;
}
