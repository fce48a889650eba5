#include "src/quantize/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/unit.h"
#include "src/base/nearest.h"
#include "src/formats/lookup.h"

enum { GROUP_MOST = 1 << 20 };

/* In the order of their enumerations. */
static const char *const granularities[] = {"channel", "tensor", "input", "group:N"};
static const char *const kinds[] = {"free", "pow2", "dyadic", "m1", "m2"};
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

/* One "W:A" of `length` characters. */
static bool read_pair(const char *word, size_t length, ng_format *pair, ng_error *error)
{
    char text[2 * NG_FORMAT_NAME_SIZE];
    ng_family family;
    (void)snprintf(text, sizeof text, "%.*s", (int)(length < sizeof text ? length : sizeof text - 1), word);
    char *colon = strchr(text, ':');
    if (colon == NULL || length >= sizeof text) {
        return ng_fail(error, NG_EXIT_USAGE, "layer formats: '%.32s' is not WEIGHTS:ACTIVATIONS", text);
    }
    *colon = 0;
    if (!ng_format_lookup("layer formats", text, NULL, &pair[0], error) ||
        !ng_format_lookup("layer formats", colon + 1, NULL, &pair[1], error)) {
        return false;
    }
    return ng_pair_family(&pair[0], &pair[1], &family) == NG_OK ||
           ng_fail(error, NG_EXIT_USAGE, "layer formats: no datapath multiplies %s by %s", pair[0].name, pair[1].name);
}

bool ng_layer_formats_read(const char *text, size_t layers, ng_format *formats, ng_error *error)
{
    size_t count = 0;
    for (const char *word = text;; count++) {
        const size_t length = strcspn(word, ",");
        if (count < layers && !read_pair(word, length, formats + 2 * count, error)) {
            return false;
        }
        if (word[length] == 0) {
            break;
        }
        word += length + 1;
    }
    return count + 1 == layers || ng_fail(error, NG_EXIT_USAGE, "layer formats: %zu pairs for %zu layers", count + 1, layers);
}

const char *ng_scale_kind_name(ng_scale_kind kind)
{
    return kinds[kind];
}

bool ng_tuning_is_plain(const ng_tuning *tuning)
{
    return strcmp(tuning->methods.text, "plain") == 0 && tuning->granularity == NG_PER_CHANNEL && tuning->scales == NG_SCALES_FREE;
}
