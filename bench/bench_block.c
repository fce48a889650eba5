/* fp32 to blocks against memcpy of the same fp32: values a second of 16 Mi values. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "model/block_array.h"

enum { COUNT = 1 << 24 };

static const char *const formats[] = {"mxfp8_e4m3", "mxfp8_e5m2", "mxfp6_e3m2", "mxfp6_e2m3", "mxfp4",
                                      "mxint8",     "bfp_m4k16",  "bfp_m8k32",  "msfp12",     "bfp12"};

enum { FORMATS = sizeof formats / sizeof formats[0] };

typedef struct {
    ng_block_plan plan;
    ng_array_path path;
    float *values;
    float *copy;
    uint8_t *scales;
    uint8_t *codes;
} arrays;

static void copy(void *context)
{
    arrays *a = context;
    memcpy(a->copy, a->values, COUNT * sizeof a->values[0]);
}

static void encode(void *context)
{
    arrays *a = context;
    ng_block_array_encode_on(a->path, &a->plan, a->values, COUNT / a->plan.elements.format.block, a->scales, a->codes);
}

static void measure(bench *b, arrays *a, const char *format, const char *rule)
{
    char name[64];
    const bench_side memory = {"memcpy", "libc", copy, a, COUNT};
    for (int path = NG_PATH_PORTABLE; path <= NG_PATH_AVX2; path++) {
        a->path = (ng_array_path)path;
        if (ng_array_path_runs(a->path)) {
            const bench_side side = {"block array encode", ng_array_path_name(a->path), encode, a, COUNT};
            snprintf(name, sizeof name, "block %s %s %s", format, rule, side.path);
            bench_ratio(b, name, "values/s", &side, &memory, path == NG_PATH_AVX2 ? 0.25 : 0);
        }
    }
}

static void start(arrays *a, const char *name, ng_scale_rule rule)
{
    const ng_format *format = ng_format_find(name);
    if (format == NULL || !ng_block_plan_init(&a->plan, format, rule)) {
        fprintf(stderr, "bench: %s is no block format of at most 8 bits\n", name);
        exit(EXIT_FAILURE);
    }
}

void bench_block(bench *b)
{
    arrays *a = bench_memory(sizeof *a);
    a->values = bench_memory(COUNT * sizeof a->values[0]);
    a->copy = bench_memory(COUNT * sizeof a->copy[0]);
    a->scales = bench_memory(COUNT / 8);
    a->codes = bench_memory(COUNT);
    bench_normal(a->values, COUNT);
    for (size_t i = 0; i < FORMATS; i++) {
        start(a, formats[i], NG_RULE_FLOOR);
        measure(b, a, formats[i], "floor");
    }
    start(a, "mxfp4", NG_RULE_CEIL);
    measure(b, a, "mxfp4", "ceil");
    free(a->values);
    free(a->copy);
    free(a->scales);
    free(a->codes);
    free(a);
}
