#include "src/mutants/subject.h"

#include <stdlib.h>

const char *ng_mutant_group(const ng_unit *unit)
{
    const bool product = unit->kind == NG_UNIT_MUL || unit->kind == NG_UNIT_MAC || unit->kind == NG_UNIT_DOT;
    return product ? ng_family_name(unit->family) : ng_unit_kind_name(unit->kind);
}

/* An accumulator that rounds: only wide operands into a narrow register reach its ends and all of its shifts in few terms. */
static bool rounds(const ng_unit *unit)
{
    return unit->kind == NG_UNIT_FLOAT || unit->kind == NG_UNIT_BLOCK_FLOAT;
}

/* The rule that the formats of the unit are made for, where it is not the one without parameters. */
static ng_scale_rule rule_of(const ng_unit *unit)
{
    return unit->id == NG_ID_nvfp4_quantiser ? NG_RULE_ROUND : NG_RULE_FLOOR;
}

/* The smallest of what the unit's kind takes: few lanes in two chains and short sums, or its defaults. */
static bool serves(const ng_unit *unit, const ng_format *weight, const ng_format *activation, ng_datapath *path)
{
    for (unsigned i = 0; i < 4; i++) {
        const ng_request request = {.kind = unit->kind,
                                    .weight = weight,
                                    .activation = activation,
                                    .output = rounds(unit) ? ng_format_find("e5m2ieee") : NULL,
                                    .lanes = i % 2 == 0 ? NG_MUTANT_LANES : 0,
                                    .terms = i / 2 == 0 ? NG_MUTANT_TERMS : 0,
                                    .chain = NG_MUTANT_CHAIN,
                                    .rule = rule_of(unit)};
        if (ng_datapath_init(path, &request) == NG_OK && path->unit == unit) {
            return true;
        }
    }
    return false;
}

/* First the bits in all, then how far apart they are, then that there is as much of an exponent as of a mantissa. */
static int distance(const ng_unit *unit, const ng_format *weight, const ng_format *activation)
{
    const int wanted = rounds(unit) ? NG_MUTANT_WIDE_BITS : NG_MUTANT_PAIR_BITS;
    const int more = rounds(unit) ? 1 : 0;
    return 256 * abs((int)weight->bits + (int)activation->bits - wanted) +
           16 * abs((int)weight->bits - (int)activation->bits) +
           abs((int)weight->exponent_bits - (int)weight->mantissa_bits - more) +
           abs((int)activation->exponent_bits - (int)activation->mantissa_bits - more);
}

bool ng_mutant_subject(const ng_unit *unit, ng_datapath *path, ng_error *error)
{
    int best = -1;
    for (size_t i = 0; i < ng_format_count(); i++) {
        for (size_t j = 0; j < ng_format_count(); j++) {
            const ng_format *weight = ng_format_at(i);
            const ng_format *activation = ng_format_at(j);
            const int far = distance(unit, weight, activation);
            ng_datapath found;
            if ((best < 0 || far < best) && serves(unit, weight, activation, &found)) {
                *path = found;
                best = far;
            }
        }
    }
    return best >= 0 || ng_fail(error, NG_EXIT_CHECK, "%s: no pair of the catalogue is this unit's", unit->name);
}
