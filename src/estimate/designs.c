#include "src/estimate/designs.h"

#include <stdlib.h>
#include <string.h>

#include "src/estimate/terms.h"
#include "src/formats/lookup.h"

typedef struct {
    ng_group group;
    ng_unit_kind unit;
    const char *first;
    const char *second;
    unsigned count;
    unsigned others;
} sample_row;

static const sample_row sample[] = {
#define DESIGN_TARGET(name)
#define DESIGNS(group, unit, first, second, count, others) \
    {NG_GROUP_##group, NG_UNIT_##unit, first, second, count, others},
#include "src/estimate/designs.def"
#undef DESIGNS
#undef DESIGN_TARGET
};

enum { ROWS = sizeof sample / sizeof sample[0], HELD_OUT_EVERY = 3, TRIES = 400 };

typedef struct {
    const char *name;
    const char *formats;
} pool;

/* Only names a parser gives back; a block weight has its own format as activation. */
static const pool pools[] = {
    {"integer", "int3 int4 int5 int6 int7 int8"},
    {"minifloat", "e1m1 e1m2 e2m1 e1m3 e2m2 e3m1 e1m4 e2m3 e3m2 e4m1 e1m5 e2m4 e3m3 e4m2 e5m1 e1m6 e2m5 e3m4 e4m3 e5m2 e6m1"},
    {"special", "e4m3fn e5m2ieee"},
    {"shift", "pot3 pot4 pot5 dense2 dense3 dense4 dense5"},
    {"unsigned", "uint3 uint4 uint5 uint6 uint7 uint8"},
    {"sign", "ternary binary tpot4 tpot5"},
    {"bits", "binary ternary"},
    {"table", "apot4k2 apot5k2 e2m1 e1m2 e2m2 e1m3 e3m1"},
    {"lookup", "apot4k2 apot5k2 uapot4k2"},
    {"block-integer", "bfp_m3k16 bfp_m4k32 bfp_m5k16 bfp_m6k16 bfp_m7k32 bfp_m8k16 mxint8"},
    {"decoded", "posit8es0 posit8es1 posit8es2 hif8 apot4k2 apot5k2 uapot4k2"},
    {"register", "fp32 fp16 bf16 tf32"},
    {"block-small-scale", "nvfp4"},
    {"block-minifloat", "mxfp4 mxfp6_e2m3 mxfp6_e3m2 mxfp8_e4m3 mxfp8_e5m2 nvfp4 msfp12 msfp16"},
};

enum { POOLS = sizeof pools / sizeof pools[0], CHOICES_MAX = 48, CHOICE_SIZE = 16, CHOSEN = 5 };

typedef struct {
    char name[CHOICES_MAX][CHOICE_SIZE];
    unsigned count;
} choices;

/* SplitMix64 of a place in the sample: draws depend on nothing drawn before. */
static uint64_t draw(uint64_t row, uint64_t index, uint64_t target, uint64_t what)
{
    uint64_t z = ((row * 8191 + index) * 131 + target) * 31 + what + 1;
    z *= UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static void add_words(const char *words, choices *out)
{
    while (*words != 0 && out->count < CHOICES_MAX) {
        const size_t length = strcspn(words, " ");
        memcpy(out->name[out->count], words, length);
        out->name[out->count++][length] = 0;
        words += length + (words[length] == ' ' ? 1 : 0);
    }
}

/* The formats of every pool named in the list. */
static choices gather(const char *list)
{
    choices names = {.count = 0};
    choices formats = {.count = 0};
    add_words(list, &names);
    for (unsigned i = 0; i < names.count; i++) {
        for (size_t p = 0; p < POOLS; p++) {
            if (strcmp(pools[p].name, names.name[i]) == 0) {
                add_words(pools[p].formats, &formats);
            }
        }
    }
    return formats;
}

/* fp32 is no name of a format, but the register that circuits have without being asked: a format of no bits. */
static bool pick(const choices *from, uint64_t drawn, ng_format *format)
{
    memset(format, 0, sizeof *format);
    return strcmp(from->name[drawn % from->count], "fp32") == 0 ||
           ng_format_lookup("sample", from->name[drawn % from->count], NULL, format, NULL);
}

/* What kinds of their own choose among; 0: the default. */
typedef struct {
    ng_unit_kind kind;
    unsigned lanes[CHOSEN];
    unsigned widths[CHOSEN];
} shape;

static const shape shapes[] = {
    {NG_UNIT_WINDOW, {8, 16, 32, 32, 64}, {8, 12, 16, 24, 32}},
    {NG_UNIT_NESTED, {8, 16, 32, 32, 64}, {0, 0, 0, 0, 0}},
    {NG_UNIT_VECTOR, {8, 16, 32, 32, 64}, {2, 2, 4, 4, 8}},
    {NG_UNIT_DYADIC, {0, 0, 0, 0, 0}, {8, 12, 16, 24, 32}},
    {NG_UNIT_QUANTISE, {0, 0, 0, 0, 0}, {12, 16, 20, 24, 32}},
    {NG_UNIT_HADAMARD, {4, 8, 16, 16, 32}, {0, 0, 0, 0, 0}},
    {NG_UNIT_HUFFMAN, {8, 16, 32, 64, 64}, {4, 8, 11, 12, 16}},
    {NG_UNIT_DSP_DOT, {8, 16, 32, 32, 64}, {2, 2, 4, 4, 4}},
    {NG_UNIT_DSP_MAC, {0, 0, 0, 0, 1}, {2, 2, 4, 4, 4}},
};

static const shape *shape_of(ng_unit_kind kind)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (shapes[i].kind == kind) {
            return &shapes[i];
        }
    }
    return NULL;
}

/* Kinds whose terms the datapath takes from its lanes, its block or its format. */
static bool chooses_terms(ng_unit_kind kind)
{
    switch (kind) {
    case NG_UNIT_MAC:
    case NG_UNIT_CONVERT:
    case NG_UNIT_DYADIC:
    case NG_UNIT_THRESHOLD:
    case NG_UNIT_DSP_MAC: return true;
    default: return false;
    }
}

static bool chooses_chain(ng_unit_kind kind)
{
    return kind == NG_UNIT_DOT || kind == NG_UNIT_WINDOW || kind == NG_UNIT_NESTED || kind == NG_UNIT_VECTOR;
}

static ng_request request_of(const ng_design *design, ng_unit_kind unit, uint64_t drawn)
{
    static const unsigned lanes[CHOSEN] = {8, 16, 32, 32, 64};
    static const unsigned chains[CHOSEN] = {4, 8, 8, 16, 64};
    static const unsigned terms[CHOSEN] = {64, 576, 4608, 4608, 36864};
    const shape *own = shape_of(unit);
    const uint64_t choice = drawn >> 16;
    ng_request request = {
        .kind = unit,
        .weight = &design->weight,
        .activation = &design->activation,
        .output = design->output.bits != 0 ? &design->output : NULL,
        .lanes = unit == NG_UNIT_DOT && design->weight.block == 0 ? lanes[drawn % CHOSEN] : 0,
        .terms = chooses_terms(unit) && design->weight.block == 0 ? terms[drawn % CHOSEN] : 0,
        .chain = chooses_chain(unit) ? chains[(drawn >> 8) % CHOSEN] : 0,
    };
    if (own != NULL) {
        request.lanes = own->lanes[drawn % CHOSEN];
        request.width = own->widths[choice % CHOSEN];
    }
    if (unit == NG_UNIT_WINDOW) {
        request.rounding = (choice >> 8) % 2 != 0 ? 1 + NG_ROUND_NEAREST_EVEN : 0;
    }
    if (unit == NG_UNIT_QUANTISE) {
        request.rule = (ng_scale_rule)((choice >> 8) % NG_RULE_MSE);
    }
    return request;
}

/* Which of the formats drawn is the activation's, and whether the second is the output's; fp32 is the default of those that have it. */
static void assign_formats(ng_unit_kind unit, const ng_format *second, ng_design *design)
{
    const bool block = design->weight.block != 0;
    const bool converts = unit == NG_UNIT_CONVERT || unit == NG_UNIT_DYADIC || unit == NG_UNIT_THRESHOLD;
    const bool has_output = converts || unit == NG_UNIT_FLOAT || unit == NG_UNIT_BLOCK_FLOAT || unit == NG_UNIT_QUANTISE;
    const bool shift = design->weight.kind == NG_KIND_SHIFT;
    design->activation = block || (has_output && !shift) ? design->weight : *second;
    if (converts && shift) {
        (void)ng_format_lookup("sample", "int8", NULL, &design->activation, NULL);
    }
    memset(&design->output, 0, sizeof design->output);
    if (has_output) {
        design->output = unit == NG_UNIT_QUANTISE ? design->weight : *second;
    }
}

/* Draws formats until they make a datapath of the group; some pairs of a pool do not. */
static bool make(size_t row, unsigned index, const ng_target *target, ng_design *design)
{
    const sample_row *from = &sample[row];
    const choices first = gather(from->first);
    const choices second = gather(from->second);
    for (unsigned attempt = 0; attempt < TRIES; attempt++) {
        const uint64_t place = (uint64_t)index * TRIES + attempt;
        ng_format other;
        if (!pick(&first, draw(row, place, target->id, 0), &design->weight) ||
            !pick(&second, draw(row, place, target->id, 1), &other)) {
            continue;
        }
        assign_formats(from->unit, &other, design);
        const ng_request request = request_of(design, from->unit, draw(row, place, target->id, 2));
        if (ng_datapath_init(&design->path, &request) != NG_OK) {
            continue;
        }
        ng_terms terms;
        ng_terms_of(&design->path, &terms);
        if (terms.group == from->group) {
            design->target = target;
            design->held_out = index % HELD_OUT_EVERY == HELD_OUT_EVERY - 1;
            return true;
        }
    }
    return false;
}

static unsigned count_of(const sample_row *row, const ng_target *target)
{
    switch (target->id) {
    case NG_TARGET_xc7: return row->count;
#define DESIGN_TARGET(name) case NG_TARGET_##name: return row->others;
#define DESIGNS(group, unit, first, second, count, others)
#include "src/estimate/designs.def"
#undef DESIGNS
#undef DESIGN_TARGET
    default: return 0;
    }
}

bool ng_design_at(size_t index, ng_design *design)
{
    for (size_t t = 0; ng_target_at(t) != NULL; t++) {
        for (size_t row = 0; row < ROWS; row++) {
            const unsigned count = count_of(&sample[row], ng_target_at(t));
            if (index < count) {
                return make(row, (unsigned)index, ng_target_at(t), design);
            }
            index -= count;
        }
    }
    return false;
}
