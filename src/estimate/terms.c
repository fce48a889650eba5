#include "src/estimate/terms.h"

#include <string.h>

enum { SCALE_SUM_BITS = 9 };

typedef struct {
    const char *name;
    ng_share share;
    const char *text;
} term_row;

static const term_row rows[] = {
#define TERM(name, part, text) {#name, NG_SHARE_##part, text},
#include "src/estimate/terms.def"
#undef TERM
};

const char *ng_term_name(ng_term_id id)
{
    return rows[id].name;
}

const char *ng_term_text(ng_term_id id)
{
    return rows[id].text;
}

ng_share ng_term_share(ng_term_id id)
{
    return rows[id].share;
}

const char *ng_group_name(ng_group group)
{
    static const char *const names[NG_GROUP_COUNT] = {
        "integer mul", "integer mac", "integer dot", "minifloat mul", "minifloat mac", "minifloat dot",
        "shift mul", "shift mac", "shift dot", "integer convert", "minifloat convert"};
    return names[group];
}

size_t ng_terms_chains(const ng_datapath *path)
{
    const unsigned chain = path->chain < path->lanes ? path->chain : path->lanes;
    return (path->lanes + chain - 1) / chain;
}

void ng_terms_chain_ends(const ng_datapath *path, unsigned row_bits, unsigned digits, ng_terms *terms)
{
    terms->count[NG_TERM_CARRIES] = (double)digits * path->lanes;
    terms->count[NG_TERM_MERGES] = (double)digits * (double)(ng_terms_chains(path) - 1) * row_bits;
}

static bool has_minifloat_elements(const ng_datapath *path)
{
    return path->weight->kind == NG_KIND_MINIFLOAT;
}

static bool group_of(const ng_datapath *path, ng_group *group)
{
    const unsigned kind = (unsigned)path->unit->kind;
    switch (path->unit->family) {
    case NG_FAMILY_INTEGER: *group = (ng_group)(NG_GROUP_INTEGER_MUL + kind); break;
    case NG_FAMILY_MINIFLOAT: *group = (ng_group)(NG_GROUP_MINIFLOAT_MUL + kind); break;
    case NG_FAMILY_SHIFT: *group = (ng_group)(NG_GROUP_SHIFT_MUL + kind); break;
    case NG_FAMILY_BLOCK:
        *group = (ng_group)((has_minifloat_elements(path) ? NG_GROUP_MINIFLOAT_MUL : NG_GROUP_INTEGER_MUL) + kind);
        break;
    default: return false;
    }
    if (path->unit->kind == NG_UNIT_CONVERT) {
        *group = path->output->kind == NG_KIND_INTEGER ? NG_GROUP_INTEGER_CONVERT : NG_GROUP_MINIFLOAT_CONVERT;
    }
    return path->unit->kind <= NG_UNIT_CONVERT;
}

/* The scale adder of a block, its NaN flag, and in a MAC the registers around them. */
static void add_scales(const ng_datapath *path, ng_terms *terms)
{
    const bool nan = path->weight->scale == NG_SCALE_E8M0;
    terms->count[NG_TERM_SCALES] = SCALE_SUM_BITS + (nan ? 4 : 0);
    if (path->unit->kind == NG_UNIT_MAC) {
        terms->count[NG_TERM_REGISTERS] += 2 * NG_SCALE_BITS + SCALE_SUM_BITS + (nan ? 1 : 0) + 1;
    }
}

bool ng_terms_of(const ng_datapath *path, ng_terms *terms)
{
    memset(terms, 0, sizeof *terms);
    if (!group_of(path, &terms->group)) {
        return false;
    }
    if (path->unit->kind == NG_UNIT_CONVERT) {
        ng_terms_convert(path, terms);
        return true;
    }
    terms->count[NG_TERM_CIRCUIT] = path->unit->kind == NG_UNIT_MUL ? 0 : 1;
    if (path->unit->family == NG_FAMILY_SHIFT) {
        ng_terms_shift(path, terms);
    } else if (has_minifloat_elements(path)) {
        ng_terms_minifloat(path, terms);
    } else {
        ng_terms_integer(path, terms);
    }
    if (path->unit->family == NG_FAMILY_BLOCK) {
        add_scales(path, terms);
    }
    return true;
}
