#include "src/estimate/terms.h"

#include <string.h>

enum { SCALE_SIGNIFICAND_BITS = 4 };

typedef struct {
    const char *name;
    ng_share share;
    const char *text;
} term_row;

static const term_row table[] = {
#define TERM(name, part, text) {#name, NG_SHARE_##part, text},
#include "src/estimate/terms.def"
#undef TERM
};

const char *ng_term_name(ng_term_id id)
{
    return table[id].name;
}

const char *ng_term_text(ng_term_id id)
{
    return table[id].text;
}

ng_share ng_term_share(ng_term_id id)
{
    return table[id].share;
}

const char *ng_group_name(ng_group group)
{
    static const char *const names[NG_GROUP_COUNT] = {
#define GROUP(id, name) name,
#include "src/estimate/groups.def"
#undef GROUP
    };
    return names[group];
}

unsigned ng_terms_chain_lanes(const ng_datapath *path)
{
    return path->chain < path->lanes ? path->chain : path->lanes;
}

size_t ng_terms_chains(const ng_datapath *path)
{
    const unsigned chain = ng_terms_chain_lanes(path);
    return (path->lanes + chain - 1) / chain;
}

bool ng_terms_adds_lanes(const ng_datapath *path)
{
    switch (path->unit->kind) {
    case NG_UNIT_DOT:
    case NG_UNIT_PIPE:
    case NG_UNIT_NESTED:
    case NG_UNIT_VECTOR: return true;
    default: return false;
    }
}

void ng_terms_chain_ends(const ng_datapath *path, const ng_chain_rows *rows, ng_terms *terms)
{
    terms->count[NG_TERM_CARRIES] = (double)rows->digits * path->lanes;
    terms->count[NG_TERM_MERGES] = (double)rows->digits * (double)(ng_terms_chains(path) - 1) * rows->bits;
    terms->count[NG_TERM_REGISTERS] = ng_terms_pipe_registers(path, rows);
}

static bool has_minifloat_elements(const ng_datapath *path)
{
    return path->weight->kind == NG_KIND_MINIFLOAT || path->weight->sign == NG_SIGN_SIGN_MAGNITUDE;
}

static ng_group first_group(const ng_datapath *path)
{
    switch (path->unit->family) {
    case NG_FAMILY_INTEGER: return NG_GROUP_INTEGER_MUL;
    case NG_FAMILY_MINIFLOAT: return NG_GROUP_MINIFLOAT_MUL;
    case NG_FAMILY_SHIFT: return NG_GROUP_SHIFT_MUL;
    case NG_FAMILY_BITS: return NG_GROUP_BITS_MUL;
    case NG_FAMILY_SIGN: return NG_GROUP_SIGN_MUL;
    case NG_FAMILY_UNSIGNED: return NG_GROUP_UNSIGNED_MUL;
    case NG_FAMILY_TABLE: return NG_GROUP_TABLE_MUL;
    case NG_FAMILY_MIXED:
    case NG_FAMILY_LOOKUP: return NG_GROUP_MIXED_MUL;
    case NG_FAMILY_BLOCK: return has_minifloat_elements(path) ? NG_GROUP_MINIFLOAT_MUL : NG_GROUP_INTEGER_MUL;
    default: return NG_GROUP_COUNT;
    }
}

static ng_group group_of(const ng_datapath *path)
{
    switch (path->unit->kind) {
    case NG_UNIT_CONVERT:
        return path->output->kind == NG_KIND_INTEGER ? NG_GROUP_INTEGER_CONVERT : NG_GROUP_MINIFLOAT_CONVERT;
    case NG_UNIT_QUANTISE:
        if (path->unit->id == NG_ID_nvfp4_quantiser) {
            return NG_GROUP_NVFP4_QUANTISE;
        }
        return path->output->kind == NG_KIND_INTEGER ? NG_GROUP_INTEGER_QUANTISE : NG_GROUP_MINIFLOAT_QUANTISE;
    case NG_UNIT_NESTED: return NG_GROUP_INTEGER_DOT;
    case NG_UNIT_VECTOR: return NG_GROUP_TABLE_DOT;
    case NG_UNIT_WINDOW: return NG_GROUP_WINDOW;
    case NG_UNIT_FLOAT: return NG_GROUP_FLOAT;
    case NG_UNIT_BLOCK_FLOAT: return NG_GROUP_BLOCK_FLOAT;
    case NG_UNIT_BLOCK_EXACT: return NG_GROUP_BLOCK_EXACT;
    case NG_UNIT_DYADIC: return NG_GROUP_DYADIC;
    case NG_UNIT_THRESHOLD: return NG_GROUP_THRESHOLD;
    case NG_UNIT_HADAMARD: return NG_GROUP_HADAMARD;
    case NG_UNIT_HUFFMAN: return NG_GROUP_HUFFMAN;
    case NG_UNIT_DSP_DOT: return NG_GROUP_DSP_DOT;
    case NG_UNIT_DSP_MAC: return NG_GROUP_DSP_MAC;
    default:
        return (ng_group)(first_group(path) + (ng_terms_adds_lanes(path) ? (unsigned)NG_UNIT_DOT : (unsigned)path->unit->kind));
    }
}

unsigned ng_terms_special_nets(const ng_format *format)
{
    switch (format->specials) {
    case NG_SPECIALS_NONE: return 0;
    case NG_SPECIALS_FN: return format->bits - 1;
    case NG_SPECIALS_IEEE: return format->exponent_bits;
    default: return format->bits;
    }
}

unsigned ng_terms_parameter(const ng_datapath *path, const char *name)
{
    ng_parameter parameters[NG_PARAMETERS_MAX];
    const unsigned count = ng_datapath_parameters(path, parameters);
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(parameters[i].name, name) == 0) {
            return (unsigned)parameters[i].value;
        }
    }
    return 0;
}

/* The scales of a block, added, or of UE4M3 their significands multiplied; the NaN flag; in a MAC the registers around them. */
static void add_scales(const ng_datapath *path, ng_terms *terms)
{
    const bool product = path->weight->scale == NG_SCALE_UE4M3;
    const bool nan = path->weight->scale != NG_SCALE_BIASED8;
    terms->count[NG_TERM_SCALES] = (product ? NG_SCALE_SHIFT_BITS : NG_SCALE_SUM_BITS) + (nan ? 4 : 0);
    if (product) {
        ng_terms_significands(SCALE_SIGNIFICAND_BITS, SCALE_SIGNIFICAND_BITS, 1, terms);
    }
    if (path->unit->kind == NG_UNIT_MAC) {
        terms->count[NG_TERM_REGISTERS] += 2 * NG_SCALE_BITS + path->scale_bits + (nan ? 1 : 0) + 1;
    }
}

static void add_family(const ng_datapath *path, ng_terms *terms)
{
    switch (path->unit->family) {
    case NG_FAMILY_SHIFT: ng_terms_shift(path, terms); return;
    case NG_FAMILY_BITS: ng_terms_bits(path, terms); return;
    case NG_FAMILY_SIGN: ng_terms_sign(path, terms); return;
    case NG_FAMILY_UNSIGNED: ng_terms_unsigned(path, terms); return;
    case NG_FAMILY_TABLE: ng_terms_table(path, terms); return;
    case NG_FAMILY_MIXED: ng_terms_mixed(path, terms); return;
    case NG_FAMILY_LOOKUP: ng_terms_lookup(path, terms); return;
    default: break;
    }
    if (has_minifloat_elements(path)) {
        ng_terms_minifloat(path, terms);
    } else {
        ng_terms_integer(path, terms);
    }
}

/* mul, mac, dot, pipe */
static void add_product(const ng_datapath *path, ng_terms *terms)
{
    terms->count[NG_TERM_CIRCUIT] = path->unit->kind == NG_UNIT_MUL ? 0 : 1;
    add_family(path, terms);
    if (path->unit->family == NG_FAMILY_BLOCK) {
        add_scales(path, terms);
    }
}

void ng_terms_of(const ng_datapath *path, ng_terms *terms)
{
    memset(terms, 0, sizeof *terms);
    terms->group = group_of(path);
    switch (path->unit->kind) {
    case NG_UNIT_CONVERT: ng_terms_convert(path, terms); return;
    case NG_UNIT_NESTED: ng_terms_nested(path, terms); return;
    case NG_UNIT_VECTOR: ng_terms_table(path, terms); return;
    case NG_UNIT_WINDOW: ng_terms_window(path, terms); return;
    case NG_UNIT_FLOAT: ng_terms_float(path, terms); return;
    case NG_UNIT_BLOCK_FLOAT: ng_terms_block_float(path, terms); return;
    case NG_UNIT_BLOCK_EXACT: ng_terms_block_exact(path, terms); return;
    case NG_UNIT_DYADIC: ng_terms_dyadic(path, terms); return;
    case NG_UNIT_THRESHOLD: ng_terms_threshold(path, terms); return;
    case NG_UNIT_QUANTISE: ng_terms_quantise(path, terms); return;
    case NG_UNIT_HADAMARD: ng_terms_hadamard(path, terms); return;
    case NG_UNIT_HUFFMAN: ng_terms_huffman(path, terms); return;
    case NG_UNIT_DSP_DOT: ng_terms_dsp_dot(path, terms); return;
    case NG_UNIT_DSP_MAC: ng_terms_dsp_mac(path, terms); return;
    default: add_product(path, terms); return;
    }
}
