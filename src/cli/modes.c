#include "src/cli/modes.h"

#include <math.h>
#include <string.h>

#include "src/base/nearest.h"
#include "src/cli/number.h"

/* In the order of the enumerations. */
static const char *const roundings[] = {"nearest-even", "nearest-away", "ties-up", "toward-zero",
                                        "up",           "down",         "to-odd",  "stochastic"};
static const char *const overflows[] = {"saturate", "infinite", "nan", "wrap"};
static const char *const rules[] = {"floor", "ceil", "round", "mse"};

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

static bool choose(const char *option, const char *word, const char *const names[], size_t count, unsigned *chosen,
                   ng_error *error)
{
    for (*chosen = 0; *chosen < count; (*chosen)++) {
        if (strcmp(word, names[*chosen]) == 0) {
            return true;
        }
    }
    char near[256];
    ng_nearest_text(word, names, count, near, sizeof near);
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

bool ng_modes_read(const ng_options *options, ng_modes *modes, ng_error *error)
{
    unsigned rounding;
    unsigned overflow;
    unsigned rule;
    if (!choose("rounding", options->rounding, roundings, LENGTH(roundings), &rounding, error) ||
        !choose("overflow", options->overflow, overflows, LENGTH(overflows), &overflow, error) ||
        !choose("scale-rule", options->scale_rule, rules, LENGTH(rules), &rule, error)) {
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
