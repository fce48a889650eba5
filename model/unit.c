#include "model/unit.h"

#include <stddef.h>
#include <string.h>

#include "model/parts/family.h"
#include "model/parts/path.h"

static const ng_unit table[] = {
#define UNIT(name, kind, family, architecture) \
    {#name, NG_ID_##name, NG_UNIT_##kind, NG_FAMILY_##family, architecture},
#define WIDE_UNIT(name, kind, family, architecture) UNIT(name, kind, family, architecture)
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT
};

static const ng_architecture architectures[] = {
#define ARCHITECTURE(unit, name, most, best, text) {NG_ID_##unit, #name, most, best, text},
#include "model/architectures.def"
#undef ARCHITECTURE
};

static const ng_architecture only[] = {
#define UNIT(name, kind, family, architecture) {NG_ID_##name, "only", 0, 0, architecture},
#define WIDE_UNIT(name, kind, family, architecture) UNIT(name, kind, family, architecture)
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT
};

static const ng_kind_row kinds[] = {
#define PRODUCT(id, name, clocked, first, second) {#name, true, clocked, first, second},
#define KIND(id, name, clocked, first, second) {#name, false, clocked, first, second},
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
};

const ng_unit *ng_unit_at(size_t index)
{
    return index < NG_UNIT_COUNT ? &table[index] : NULL;
}

const ng_architecture *ng_architecture_at(const ng_unit *unit, unsigned number)
{
    unsigned found = 0;
    for (size_t i = 0; i < sizeof architectures / sizeof architectures[0]; i++) {
        if (architectures[i].unit == unit->id && found++ == number) {
            return &architectures[i];
        }
    }
    return found == 0 && number == 0 ? &only[unit->id] : NULL;
}

const ng_kind_row *ng_unit_kind_at(unsigned kind)
{
    return kind < NG_UNIT_KIND_COUNT ? &kinds[kind] : NULL;
}

const char *ng_unit_kind_name(ng_unit_kind kind)
{
    return (unsigned)kind < NG_UNIT_KIND_COUNT ? kinds[kind].name : "unknown";
}

bool ng_unit_kind_find(const char *name, ng_unit_kind *kind)
{
    for (unsigned i = 0; i < NG_UNIT_KIND_COUNT; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            *kind = (ng_unit_kind)i;
            return true;
        }
    }
    return false;
}

const char *ng_family_name(ng_family family)
{
    switch (family) {
#define FAMILY(id, name) \
    case NG_FAMILY_##id: return #name;
#include "model/families.def"
#undef FAMILY
    case NG_FAMILY_COUNT: break;
    }
    return "unknown";
}

bool ng_format_has_circuits(const ng_format *format)
{
    if (format->bits < (format->kind == NG_KIND_SHIFT ? 2 : 3) ||
        format->bits > (format->kind == NG_KIND_SHIFT ? 6 : 8) || format->sign != NG_SIGN_SIGNED ||
        format->flush || format->block > NG_LANES_MAX || format->scale == NG_SCALE_UE4M3) {
        return false;
    }
    switch (format->kind) {
    case NG_KIND_INTEGER:
    case NG_KIND_SHIFT: return true;
    case NG_KIND_MINIFLOAT:
        return format->mantissa_bits >= 1 && format->exponent_bits <= 6 && format->has_zero &&
               (format->specials == NG_SPECIALS_NONE ||
                (format->block == 0 && (format->specials == NG_SPECIALS_FN || format->specials == NG_SPECIALS_IEEE)));
    default: return false;
    }
}

static bool serves(ng_family family, const ng_format *weight, const ng_format *activation)
{
    switch (family) {
#define FAMILY(id, name) \
    case NG_FAMILY_##id: return ng_family_##name##_serves(weight, activation);
#include "model/families.def"
#undef FAMILY
    case NG_FAMILY_COUNT: break;
    }
    return false;
}

ng_status ng_pair_family(const ng_format *weight, const ng_format *activation, ng_family *family)
{
    for (ng_family row = 0; row < NG_FAMILY_COUNT; row++) {
        if (serves(row, weight, activation)) {
            *family = row;
            return NG_OK;
        }
    }
    return NG_NO_UNIT;
}

static unsigned family_sum_bits(ng_family family, const ng_format *weight, const ng_format *activation, unsigned terms)
{
    switch (family) {
#define FAMILY(id, name) \
    case NG_FAMILY_##id: return ng_family_##name##_sum_bits(weight, activation, terms);
#include "model/families.def"
#undef FAMILY
    case NG_FAMILY_COUNT: break;
    }
    return 0;
}

unsigned ng_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    ng_family family;
    if (ng_pair_family(weight, activation, &family) == NG_OK) {
        return family_sum_bits(family, weight, activation, terms);
    }
    return weight->kind == NG_KIND_MINIFLOAT ? ng_family_float_sum_bits(weight, activation, terms)
                                             : ng_family_power_sum_bits(weight, activation, terms);
}

unsigned ng_product_exponent_bits(const ng_format *weight, const ng_format *activation)
{
    const unsigned largest =
        (1U << ng_family_exponent_bits(weight)) + (1U << ng_family_exponent_bits(activation)) - 4;
    return largest == 0 ? 1 : ng_bit_length(largest);
}

unsigned ng_unaligned_bits(const ng_format *weight, const ng_format *activation)
{
    return 1 + ng_product_exponent_bits(weight, activation) + ng_family_mantissa_bits(weight) +
           ng_family_mantissa_bits(activation) + 2;
}

static const ng_unit *find_unit(ng_unit_kind kind, ng_family family)
{
    for (size_t i = 0; i < NG_UNIT_COUNT; i++) {
        if (table[i].kind == kind && table[i].family == family) {
            return &table[i];
        }
    }
    return NULL;
}

static bool has_specials(const ng_format *format)
{
    return format->specials != NG_SPECIALS_NONE || format->kind == NG_KIND_POSIT || format->kind == NG_KIND_HIFLOAT ||
           format->scale == NG_SCALE_E8M0 || format->scale == NG_SCALE_UE4M3;
}

static void derive_convert(ng_datapath *path)
{
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->terms);
    path->first_bits = path->sum_bits;
    path->second_bits = ng_ceil_log2(path->sum_bits);
    path->result_bits = path->output->bits;
}

static void derive_product(ng_datapath *path)
{
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->terms);
    path->flag_bits = has_specials(path->weight) || has_specials(path->activation);
    path->first_bits = path->lanes * path->weight->bits;
    path->second_bits = path->lanes * path->activation->bits;
    switch (path->unit->family) {
#define FAMILY(id, name) \
    case NG_FAMILY_##id: ng_family_##name##_derive(path); break;
#include "model/families.def"
#undef FAMILY
    case NG_FAMILY_COUNT: break;
    }
    path->result_bits = path->sum_bits + path->scale_bits + path->flag_bits;
}

static unsigned defaulted(unsigned value, unsigned fallback)
{
    return value != 0 ? value : fallback;
}

static bool adds_lanes(ng_unit_kind kind)
{
    return kind == NG_UNIT_DOT || kind == NG_UNIT_PIPE;
}

/* Rows between registers and the clock edges they make. */
static ng_status derive_stages(ng_datapath *path, unsigned stage)
{
    if (path->unit->kind != NG_UNIT_PIPE) {
        return stage == 0 ? NG_OK : NG_BAD_STAGE;
    }
    const unsigned rows = path->chain < path->lanes ? path->chain : path->lanes;
    path->stage = defaulted(stage, NG_STAGE_DEFAULT);
    path->latency = (rows + path->stage - 1) / path->stage;
    return path->stage <= NG_LANES_MAX ? NG_OK : NG_BAD_STAGE;
}

/* The asked architecture, or the best known one. */
static ng_status derive_architecture(ng_datapath *path, unsigned asked)
{
    const unsigned bits = ng_format_magnitude_bits(path->weight) + ng_format_magnitude_bits(path->activation);
    const ng_architecture *row;
    if (asked != 0) {
        row = ng_architecture_at(path->unit, asked - 1);
        path->architecture = asked - 1;
        return row != NULL && (row->most == 0 || bits <= row->most) ? NG_OK : NG_BAD_ARCHITECTURE;
    }
    path->architecture = 0;
    for (unsigned number = 0; (row = ng_architecture_at(path->unit, number)) != NULL; number++) {
        if (bits <= row->best) {
            path->architecture = number;
            return NG_OK;
        }
    }
    return NG_OK;
}

/* A kind with files of its own. */
static ng_status own_init(ng_datapath *path, const ng_request *request)
{
    if (request->architecture > 1 || request->stage != 0) {
        return request->architecture > 1 ? NG_BAD_ARCHITECTURE : NG_BAD_STAGE;
    }
    ng_datapath made = {
        .unit = ng_unit_of_kind(request->kind),
        .weight = request->weight,
        .activation = request->activation,
        .lanes = 1,
        .terms = 1,
        .chain = defaulted(request->chain, NG_CHAIN_DEFAULT),
    };
    ng_status status = NG_NO_UNIT;
    switch (request->kind) {
#define PRODUCT(id, name, clocked, first, second) case NG_UNIT_##id:
#define KIND(id, name, clocked, first, second) \
    case NG_UNIT_##id: status = ng_path_##name##_init(&made, request); break;
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
    case NG_UNIT_KIND_COUNT: break;
    }
    if (status == NG_OK) {
        *path = made;
    }
    return status;
}

/* The converters saturate to both ends of two's complement, or round to minifloats with a mantissa. */
static bool has_converter(const ng_format *output)
{
    const bool integer = output->kind == NG_KIND_INTEGER && output->sign == NG_SIGN_SIGNED && output->bits <= 8;
    return output->block == 0 && (integer || ng_family_minifloat(output));
}

/* The kinds that round, and may do it in more than one way. */
static bool rounds_so(const ng_request *request)
{
    const bool quantise = request->kind == NG_UNIT_QUANTISE;
    const bool rounds = quantise || request->kind == NG_UNIT_WINDOW;
    return (request->rule == NG_RULE_FLOOR || (quantise && request->rule < NG_RULE_MSE)) &&
           (request->rounding == 0 || (rounds && request->rounding <= NG_ROUND_TO_ODD + 1));
}

ng_status ng_datapath_init(ng_datapath *path, const ng_request *request)
{
    if (!rounds_so(request)) {
        return NG_BAD_ROUNDING;
    }
    if ((unsigned)request->kind >= NG_UNIT_KIND_COUNT || !kinds[request->kind].product) {
        return own_init(path, request);
    }
    ng_family family;
    const unsigned block = request->weight->block;
    const ng_format *output = request->output != NULL ? request->output : request->activation;
    if (ng_pair_family(request->weight, request->activation, &family) != NG_OK) {
        return NG_NO_UNIT;
    }
    if (request->kind == NG_UNIT_CONVERT) {
        if (!has_converter(output)) {
            return NG_NO_UNIT;
        }
        family = output->kind == NG_KIND_INTEGER ? NG_FAMILY_INTEGER : NG_FAMILY_MINIFLOAT;
    }
    ng_datapath made = {
        .unit = find_unit(request->kind, family),
        .weight = request->weight,
        .activation = request->activation,
        .output = request->kind == NG_UNIT_CONVERT ? output : NULL,
        .lanes = adds_lanes(request->kind) ? defaulted(request->lanes, block != 0 ? block : 32) : 1,
        .chain = defaulted(request->chain, NG_CHAIN_DEFAULT),
        .lsb = ng_format_lsb(request->weight) + ng_format_lsb(request->activation),
    };
    if (made.unit == NULL) {
        return NG_NO_UNIT;
    }
    if (derive_architecture(&made, request->architecture) != NG_OK) {
        return NG_BAD_ARCHITECTURE;
    }
    const bool whole_block = !adds_lanes(request->kind) || block == 0 || made.lanes == block;
    if (made.lanes < 1 || made.lanes > NG_LANES_MAX || !whole_block || made.chain > NG_LANES_MAX) {
        return NG_BAD_LANES;
    }
    if (derive_stages(&made, request->stage) != NG_OK) {
        return NG_BAD_STAGE;
    }
    if (request->kind == NG_UNIT_MAC || request->kind == NG_UNIT_CONVERT) {
        made.terms = defaulted(request->terms, block != 0 ? block : NG_TERMS_DEFAULT);
    } else {
        made.terms = made.lanes;
    }
    if (made.terms < 1 || made.terms > NG_TERMS_MAX) {
        return NG_BAD_TERMS;
    }
    if (request->kind == NG_UNIT_CONVERT) {
        derive_convert(&made);
    } else {
        derive_product(&made);
    }
    *path = made;
    return NG_OK;
}

/* The output of a converter; what it needs is decided by the kind alone. */
static void add_output(ng_parameter_list *list, const ng_format *format)
{
    if (format->kind == NG_KIND_MINIFLOAT) {
        ng_family_add_fields(list, "Output", format);
        ng_parameter_add(list, "Output", "Specials", (int)format->specials);
    } else {
        ng_parameter_add(list, "Output", "Bits", (int)format->bits);
    }
}

static void add_operands(ng_parameter_list *list, const ng_datapath *path)
{
    switch (path->unit->family) {
#define FAMILY(id, name) \
    case NG_FAMILY_##id: ng_family_##name##_parameters(path, list); break;
#include "model/families.def"
#undef FAMILY
    case NG_FAMILY_COUNT: break;
    }
}

static void own_parameters(const ng_datapath *path, ng_parameter_list *list)
{
    switch (path->unit->kind) {
#define PRODUCT(id, name, clocked, first, second) case NG_UNIT_##id:
#define KIND(id, name, clocked, first, second) \
    case NG_UNIT_##id: ng_path_##name##_parameters(path, list); break;
#include "model/kinds.def"
#undef PRODUCT
#undef KIND
    case NG_UNIT_KIND_COUNT: break;
    }
}

unsigned ng_datapath_dsps(const ng_datapath *path)
{
    const bool asked = path->unit->kind == NG_UNIT_DSP_DOT || path->unit->kind == NG_UNIT_DSP_MAC;
    return asked ? path->lanes : 0;
}

unsigned ng_datapath_parameters(const ng_datapath *path, ng_parameter parameters[NG_PARAMETERS_MAX])
{
    ng_parameter_list list = {parameters, 0};
    if (!kinds[path->unit->kind].product) {
        own_parameters(path, &list);
        return list.count;
    }
    if (path->unit->kind == NG_UNIT_CONVERT) {
        add_output(&list, path->output);
    } else {
        add_operands(&list, path);
    }
    if (adds_lanes(path->unit->kind)) {
        ng_parameter_add(&list, "", "Lanes", (int)path->lanes);
        ng_parameter_add(&list, "", "ChainLength", (int)path->chain);
    }
    if (path->unit->kind == NG_UNIT_PIPE) {
        ng_parameter_add(&list, "", "StageRows", (int)path->stage);
    }
    if (ng_architecture_at(path->unit, 1) != NULL) {
        ng_parameter_add(&list, "", "Architecture", (int)path->architecture);
    }
    ng_parameter_add(&list, "", "SumBits", (int)path->sum_bits);
    return list.count;
}

/* The low limbs of a result, and back. */
static ng_wide narrowed(const ng_result *result)
{
    ng_wide wide;
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        wide.limb[i] = result->limb[i];
    }
    return wide;
}

static ng_result widened(const ng_wide *wide)
{
    ng_result result = {{0}};
    for (unsigned i = 0; i < NG_WIDE_LIMBS; i++) {
        result.limb[i] = wide->limb[i];
    }
    return result;
}

typedef void golden(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
                    ng_wide *result);
typedef void wide_golden(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous,
                         ng_result *result);

static void narrow_call(wide_golden *unit, const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                        const ng_wide *previous, ng_wide *result)
{
    const ng_result before = previous != NULL ? widened(previous) : (ng_result){{0}};
    ng_result made;
    unit(path, first, second, previous != NULL ? &before : NULL, &made);
    *result = narrowed(&made);
}

static void widen_call(golden *unit, const ng_datapath *path, const uint64_t *first, const uint64_t *second,
                       const ng_result *previous, ng_result *result)
{
    const ng_wide before = previous != NULL ? narrowed(previous) : (ng_wide){{0}};
    ng_wide made;
    unit(path, first, second, previous != NULL ? &before : NULL, &made);
    *result = widened(&made);
}

void ng_golden(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
               ng_wide *result)
{
    switch (path->unit->id) {
#define UNIT(name, kind, family, architecture) \
    case NG_ID_##name: ng_##name(path, first, second, previous, result); return;
#define WIDE_UNIT(name, kind, family, architecture) \
    case NG_ID_##name: narrow_call(ng_##name, path, first, second, previous, result); return;
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT
    case NG_UNIT_COUNT: break;
    }
}

void ng_golden_result(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_result *previous,
                      ng_result *result)
{
    switch (path->unit->id) {
#define UNIT(name, kind, family, architecture) \
    case NG_ID_##name: widen_call(ng_##name, path, first, second, previous, result); return;
#define WIDE_UNIT(name, kind, family, architecture) \
    case NG_ID_##name: ng_##name(path, first, second, previous, result); return;
#include "model/units.def"
#undef UNIT
#undef WIDE_UNIT
    case NG_UNIT_COUNT: break;
    }
}
