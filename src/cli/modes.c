#include "src/cli/modes.h"

#include <math.h>
#include <string.h>

#include "model/round.h"
#include "src/base/nearest.h"
#include "src/cli/number.h"

/* In the order of the enumeration. */
static const char overflows[][12] = {"saturate", "infinite", "nan", "wrap"};

enum { NAMES_MAX = 16 };

static const char *overflow_name(unsigned row)
{
    return row < sizeof overflows / sizeof overflows[0] ? overflows[row] : NULL;
}

static const char *rounding_name(unsigned row)
{
    return ng_rounding_name((ng_rounding)row);
}

static const char *rule_name(unsigned row)
{
    return ng_scale_rule_name((ng_scale_rule)row);
}

static bool choose(const char *option, const char *word, const char *name_of(unsigned row), unsigned *chosen,
                   ng_error *error)
{
    const char *names[NAMES_MAX];
    for (*chosen = 0; *chosen < NAMES_MAX && (names[*chosen] = name_of(*chosen)) != NULL; (*chosen)++) {
        if (strcmp(word, names[*chosen]) == 0) {
            return true;
        }
    }
    char near[256];
    ng_nearest_text(word, names, *chosen, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "--%s: unknown mode '%s'; nearest: %s", option, word, near);
}

/* --random N, below 2^bits. */
static bool read_random(const ng_options *options, ng_modes *modes, ng_error *error)
{
    const unsigned bits = modes->encode.random_bits;
    if (options->random[0] == 0) {
        modes->draw = modes->encode.rounding == NG_ROUND_STOCHASTIC;
        return true;
    }
    if (modes->encode.rounding != NG_ROUND_STOCHASTIC) {
        return ng_fail(error, NG_EXIT_USAGE, "--random goes with --rounding stochastic");
    }
    return ng_read_code(options->random, UINT64_C(1) << bits, &modes->encode.random) ||
           ng_fail(error, NG_EXIT_USAGE, "--random: '%s' is not a number of %u bits", options->random, bits);
}

bool ng_tensor_option(const ng_options *options, float *tensor, ng_error *error)
{
    double value;
    const bool number = ng_read_number(options->tensor_scale, &value);
    *tensor = number ? (float)value : 0;
    return (isfinite(*tensor) && *tensor > 0) ||
           ng_fail(error, NG_EXIT_USAGE, "--tensor-scale: '%s' is not a positive float", options->tensor_scale);
}

static bool choose_rounding(const ng_options *options, unsigned *rounding, ng_error *error)
{
    return choose("rounding", options->rounding, rounding_name, rounding, error);
}

static bool choose_rule(const ng_options *options, unsigned *rule, ng_error *error)
{
    return choose("scale-rule", options->scale_rule, rule_name, rule, error);
}

bool ng_request_modes(const ng_options *options, ng_request *request, ng_error *error)
{
    unsigned rounding;
    unsigned rule;
    if (!choose_rule(options, &rule, error)) {
        return false;
    }
    request->rule = (ng_scale_rule)rule;
    if (options->rounding[0] != 0) {
        if (!choose_rounding(options, &rounding, error)) {
            return false;
        }
        request->rounding = 1 + rounding;
    }
    return true;
}

bool ng_modes_read(const ng_options *options, ng_modes *modes, ng_error *error)
{
    unsigned rounding = NG_ROUND_NEAREST_EVEN;
    unsigned overflow;
    unsigned rule;
    if ((options->rounding[0] != 0 && !choose_rounding(options, &rounding, error)) ||
        !choose("overflow", options->overflow, overflow_name, &overflow, error) ||
        !choose_rule(options, &rule, error)) {
        return false;
    }
    *modes = (ng_modes){.encode = {.rounding = (ng_rounding)rounding,
                                   .overflow = (ng_overflow)overflow,
                                   .random_bits = (unsigned)options->random_bits},
                        .rule = (ng_scale_rule)rule,
                        .random = ng_random_start((uint64_t)options->seed, 0)};
    return ng_tensor_option(options, &modes->tensor, error) && read_random(options, modes, error);
}

const ng_encode_options *ng_modes_next(ng_modes *modes)
{
    if (modes->draw) {
        modes->encode.random = (uint32_t)(ng_random_bits(&modes->random) >> (64 - modes->encode.random_bits));
    }
    return &modes->encode;
}
