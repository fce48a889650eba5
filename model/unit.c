#include "model/unit.h"

#include <stddef.h>

#include "model/parts/family.h"

static const ng_unit table[] = {
#define UNIT(name, kind, family, architecture) \
    {#name, NG_ID_##name, NG_UNIT_##kind, NG_FAMILY_##family, architecture},
#include "model/units.def"
#undef UNIT
};

const ng_unit *ng_unit_at(size_t index)
{
    return index < NG_UNIT_COUNT ? &table[index] : NULL;
}

const char *ng_unit_kind_name(ng_unit_kind kind)
{
    switch (kind) {
    case NG_UNIT_MUL: return "mul";
    case NG_UNIT_MAC: return "mac";
    case NG_UNIT_DOT: return "dot";
    case NG_UNIT_CONVERT: return "convert";
    }
    return "unknown";
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
    const unsigned largest = (1U << weight->exponent_bits) + (1U << activation->exponent_bits) - 4;
    return largest == 0 ? 1 : ng_bit_length(largest);
}

unsigned ng_unaligned_bits(const ng_format *weight, const ng_format *activation)
{
    return 1 + ng_product_exponent_bits(weight, activation) + weight->mantissa_bits + activation->mantissa_bits + 2;
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
    return format->specials != NG_SPECIALS_NONE || format->scale == NG_SCALE_E8M0 ||
           format->scale == NG_SCALE_UE4M3;
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

ng_status ng_datapath_init(ng_datapath *path, const ng_request *request)
{
    ng_family family;
    const unsigned block = request->weight->block;
    const ng_format *output = request->output != NULL ? request->output : request->activation;
    if (ng_pair_family(request->weight, request->activation, &family) != NG_OK) {
        return NG_NO_UNIT;
    }
    if (request->kind == NG_UNIT_CONVERT) {
        if (output->block != 0 || output->kind == NG_KIND_SHIFT) {
            return NG_NO_UNIT;
        }
        family = output->kind == NG_KIND_INTEGER ? NG_FAMILY_INTEGER : NG_FAMILY_MINIFLOAT;
    }
    ng_datapath made = {
        .unit = find_unit(request->kind, family),
        .weight = request->weight,
        .activation = request->activation,
        .output = request->kind == NG_UNIT_CONVERT ? output : NULL,
        .lanes = request->kind == NG_UNIT_DOT ? defaulted(request->lanes, block != 0 ? block : 32) : 1,
        .chain = defaulted(request->chain, NG_CHAIN_DEFAULT),
        .lsb = ng_format_lsb(request->weight) + ng_format_lsb(request->activation),
    };
    if (made.unit == NULL) {
        return NG_NO_UNIT;
    }
    const bool whole_block = request->kind != NG_UNIT_DOT || block == 0 || made.lanes == block;
    if (made.lanes < 1 || made.lanes > NG_LANES_MAX || !whole_block || made.chain > NG_LANES_MAX) {
        return NG_BAD_LANES;
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

unsigned ng_datapath_parameters(const ng_datapath *path, ng_parameter parameters[NG_PARAMETERS_MAX])
{
    ng_parameter_list list = {parameters, 0};
    if (path->unit->kind == NG_UNIT_CONVERT) {
        add_output(&list, path->output);
    } else {
        add_operands(&list, path);
    }
    if (path->unit->kind == NG_UNIT_DOT) {
        ng_parameter_add(&list, "", "Lanes", (int)path->lanes);
        ng_parameter_add(&list, "", "ChainLength", (int)path->chain);
    }
    ng_parameter_add(&list, "", "SumBits", (int)path->sum_bits);
    return list.count;
}

void ng_golden(const ng_datapath *path, const uint64_t *first, const uint64_t *second, const ng_wide *previous,
               ng_wide *result)
{
    switch (path->unit->id) {
#define UNIT(name, kind, family, architecture) \
    case NG_ID_##name: ng_##name(path, first, second, previous, result); return;
#include "model/units.def"
#undef UNIT
    case NG_UNIT_COUNT: break;
    }
}
