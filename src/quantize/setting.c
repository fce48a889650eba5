#include "src/quantize/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/nearest.h"

enum { GROUP_MOST = 1 << 20 };

/* In the order of their enumerations. */
static const char *const granularities[] = {"channel", "tensor", "input", "group:N"};
static const char *const kinds[] = {"free", "pow2", "dyadic"};
static const char *const biases[] = {"fp32", "accumulator"};
static const char *const ariths[] = {"exact", "fake"};
static const char *const attentions[] = {"fp32", "quantised"};

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

static bool choose(const char *what, const char *word, const char *const names[], size_t count, unsigned *chosen, ng_error *error)
{
    const char *wanted = word == NULL || word[0] == 0 ? names[0] : word;
    for (*chosen = 0; *chosen < count; (*chosen)++) {
        if (strcmp(wanted, names[*chosen]) == 0) {
            return true;
        }
    }
    char near[256];
    ng_nearest_text(wanted, names, count, near, sizeof near);
    return ng_fail(error, NG_EXIT_USAGE, "%s: unknown '%.32s'; nearest: %s", what, wanted, near);
}

static bool read_granularity(const char *word, ng_tuning *tuning, ng_error *error)
{
    unsigned chosen = NG_PER_GROUP;
    if (word != NULL && strncmp(word, "group:", 6) == 0 && word[6] >= '0' && word[6] <= '9') {
        char *end;
        const unsigned long size = strtoul(word + 6, &end, 10);
        if (*end != 0 || size < 1 || size > GROUP_MOST) {
            return ng_fail(error, NG_EXIT_USAGE, "weight granularity: '%.32s' is not a group of 1 to %d", word, GROUP_MOST);
        }
        tuning->group_size = size;
    } else if (!choose("weight granularity", word, granularities, LENGTH(granularities) - 1, &chosen, error)) {
        return false;
    }
    tuning->granularity = (ng_granularity)chosen;
    if (chosen == NG_PER_GROUP) {
        (void)snprintf(tuning->granularity_text, sizeof tuning->granularity_text, "group:%zu", tuning->group_size);
    } else {
        (void)snprintf(tuning->granularity_text, sizeof tuning->granularity_text, "%s", granularities[chosen]);
    }
    return true;
}

bool ng_tuning_read(const ng_setting *setting, ng_tuning *tuning, ng_error *error)
{
    unsigned kind;
    unsigned bias;
    unsigned arith;
    unsigned attention;
    *tuning = (ng_tuning){.group_size = 0};
    if (!ng_methods_read(setting->recipe, &tuning->methods, error) ||
        !read_granularity(setting->granularity, tuning, error) ||
        !choose("scales", setting->scales, kinds, LENGTH(kinds), &kind, error) ||
        !choose("bias", setting->bias, biases, LENGTH(biases), &bias, error) ||
        !choose("arithmetic", setting->arith, ariths, LENGTH(ariths), &arith, error) ||
        !choose("attention", setting->attention, attentions, LENGTH(attentions), &attention, error)) {
        return false;
    }
    tuning->scales = (ng_scale_kind)kind;
    tuning->sums_bias = bias == 1;
    tuning->fake = arith == 1;
    tuning->attention = attention == 1;
    return true;
}

const char *ng_scale_kind_name(ng_scale_kind kind)
{
    return kinds[kind];
}

bool ng_tuning_is_plain(const ng_tuning *tuning)
{
    return strcmp(tuning->methods.text, "plain") == 0 && tuning->granularity == NG_PER_CHANNEL && tuning->scales == NG_SCALES_FREE;
}
