#include "src/synth/target.h"

#include <string.h>

static const ng_target targets[] = {
#define TARGET(name, description, sites, library, read_command, synth_command, part) \
    {NG_TARGET_##name, #name, description, NG_SITES_##sites, library, read_command, synth_command, part},
#include "src/synth/targets.def"
#undef TARGET
};

static const ng_cell_type cells[] = {
#define CELL(target, type, role, inputs, outputs, parameters, table, flags) \
    {NG_TARGET_##target, #type, NG_ROLE_##role, inputs, outputs, parameters, table, flags},
#define REFUSED(target, type, role) {NG_TARGET_##target, #type, NG_ROLE_##role, "", "", "", 0, 0},
#include "src/synth/cells.def"
#undef CELL
#undef REFUSED
};

static const ng_cell_delay delays[] = {
#define DELAY(target, type, ...) {NG_TARGET_##target, #type, {__VA_ARGS__}},
#include "src/synth/delays.def"
#undef DELAY
};

static const char *const role_names[NG_ROLE_COUNT] = {"LUT",      "carry", "multiplexer", "flip-flop",
                                                      "constant", "DSP",   "block RAM",   "LUT RAM"};

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

const ng_cell_type *ng_target_cell(const ng_target *target, const char *type, const ng_cell_type *after)
{
    for (size_t i = after == NULL ? 0 : (size_t)(after - cells) + 1; i < sizeof cells / sizeof cells[0]; i++) {
        if (cells[i].target == target->id && strcmp(cells[i].type, type) == 0) {
            return &cells[i];
        }
    }
    return NULL;
}

const char *ng_role_name(ng_role role)
{
    return role_names[role < NG_ROLE_COUNT ? role : NG_ROLE_LUT];
}

bool ng_role_allowed(ng_role role)
{
    return role <= NG_ROLE_CONSTANT;
}

bool ng_target_has_dsp(const ng_target *target)
{
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        if (cells[i].target == target->id && cells[i].role == NG_ROLE_DSP && cells[i].inputs[0] != 0) {
            return true;
        }
    }
    return false;
}

const ng_cell_delay *ng_target_delay(const ng_target *target, const char *type)
{
    for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++) {
        if (delays[i].target == target->id && strcmp(delays[i].type, type) == 0) {
            return &delays[i];
        }
    }
    return NULL;
}
