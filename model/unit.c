#include "model/unit.h"

#include <stddef.h>

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
    case NG_FAMILY_INTEGER: return "integer";
    case NG_FAMILY_MINIFLOAT: return "minifloat";
    case NG_FAMILY_SHIFT: return "shift";
    case NG_FAMILY_BLOCK: return "block";
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

ng_status ng_pair_family(const ng_format *weight, const ng_format *activation, ng_family *family)
{
    if (weight->block != activation->block || weight->scale != activation->scale || !ng_format_has_circuits(weight) ||
        !ng_format_has_circuits(activation)) {
        return NG_NO_UNIT;
    }
    if (weight->block != 0 && weight->kind == activation->kind && weight->kind != NG_KIND_SHIFT) {
        *family = NG_FAMILY_BLOCK;
    } else if (weight->block != 0) {
        return NG_NO_UNIT;
    } else if (weight->kind == NG_KIND_INTEGER && activation->kind == NG_KIND_INTEGER) {
        *family = NG_FAMILY_INTEGER;
    } else if (weight->kind == NG_KIND_MINIFLOAT && activation->kind == NG_KIND_MINIFLOAT) {
        *family = NG_FAMILY_MINIFLOAT;
    } else if (weight->kind == NG_KIND_SHIFT && activation->kind == NG_KIND_INTEGER) {
        *family = NG_FAMILY_SHIFT;
    } else {
        return NG_NO_UNIT;
    }
    return NG_OK;
}

static unsigned bit_length(uint64_t value)
{
    unsigned bits = 0;
    while (value != 0) {
        value >>= 1;
        bits++;
    }
    return bits;
}

static unsigned ceil_log2(uint64_t value)
{
    return bit_length(value - 1);
}

/* Largest |code value| of an integer or shift format in units of its lsb: a power of two. */
static uint64_t largest_power(const ng_format *format)
{
    return UINT64_C(1) << (ng_format_magnitude_bits(format) - 1);
}

unsigned ng_sum_bits(const ng_format *weight, const ng_format *activation, unsigned terms)
{
    if (weight->kind == NG_KIND_MINIFLOAT) {
        return ng_format_magnitude_bits(weight) + ng_format_magnitude_bits(activation) + ceil_log2(terms) + 1;
    }
    return bit_length(terms * largest_power(weight) * largest_power(activation)) + 1;
}

unsigned ng_product_exponent_bits(const ng_format *weight, const ng_format *activation)
{
    const unsigned largest = (1U << weight->exponent_bits) + (1U << activation->exponent_bits) - 4;
    return largest == 0 ? 1 : bit_length(largest);
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
    return format->specials != NG_SPECIALS_NONE || format->scale == NG_SCALE_E8M0;
}

static void derive_convert(ng_datapath *path)
{
    path->sum_bits = ng_sum_bits(path->weight, path->activation, path->terms);
    path->first_bits = path->sum_bits;
    path->second_bits = ceil_log2(path->sum_bits);
    path->result_bits = path->output->bits;
}

static void derive_product(ng_datapath *path)
{
    const bool unaligned = path->unit->kind == NG_UNIT_MUL && path->weight->kind == NG_KIND_MINIFLOAT;
    path->sum_bits = unaligned ? 1 + ng_product_exponent_bits(path->weight, path->activation) +
                                     path->weight->mantissa_bits + path->activation->mantissa_bits + 2
                               : ng_sum_bits(path->weight, path->activation, path->terms);
    path->scale_bits = path->weight->block != 0 ? NG_SCALE_SUM_BITS : 0;
    path->flag_bits = has_specials(path->weight) || has_specials(path->activation);
    const unsigned shared = path->weight->block != 0 ? NG_SCALE_BITS : 0;
    path->first_bits = path->lanes * path->weight->bits + shared;
    path->second_bits = path->lanes * path->activation->bits + shared;
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

typedef struct {
    ng_parameter *parameters;
    unsigned count;
} parameter_list;

static void add(parameter_list *list, const char *role, const char *name, unsigned value)
{
    ng_parameter *parameter = &list->parameters[list->count++];
    size_t length = 0;
    for (size_t i = 0; role[i] != 0; i++) {
        parameter->name[length++] = role[i];
    }
    for (size_t i = 0; name[i] != 0 && length < sizeof parameter->name - 1; i++) {
        parameter->name[length++] = name[i];
    }
    parameter->name[length] = 0;
    parameter->value = (int)value;
}

/* The parameters that describe one operand or the output; what a family needs is decided by the kind alone. */
static void add_format(parameter_list *list, const char *role, const ng_format *format, bool block)
{
    if (format->kind != NG_KIND_MINIFLOAT || block) {
        add(list, role, "Bits", format->bits);
    }
    if (format->kind == NG_KIND_MINIFLOAT || block) {
        add(list, role, "ExponentBits", format->exponent_bits);
        add(list, role, "MantissaBits", format->mantissa_bits);
    }
    if (format->kind == NG_KIND_MINIFLOAT && !block) {
        add(list, role, "Specials", (unsigned)format->specials);
    }
    if (format->kind == NG_KIND_SHIFT) {
        add(list, role, "HasZero", format->has_zero);
    }
}

unsigned ng_datapath_parameters(const ng_datapath *path, ng_parameter parameters[NG_PARAMETERS_MAX])
{
    parameter_list list = {parameters, 0};
    const bool block = path->unit->family == NG_FAMILY_BLOCK;
    if (path->unit->kind == NG_UNIT_CONVERT) {
        add_format(&list, "Output", path->output, false);
    } else {
        add_format(&list, "Weight", path->weight, block);
        add_format(&list, "Activation", path->activation, block);
    }
    if (block) {
        add(&list, "", "ScaleHasNan", path->weight->scale == NG_SCALE_E8M0);
    }
    if (path->unit->kind == NG_UNIT_DOT) {
        add(&list, "", "Lanes", path->lanes);
        add(&list, "", "ChainLength", path->chain);
    }
    add(&list, "", "SumBits", path->sum_bits);
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
