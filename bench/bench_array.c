/* fp32 to codes and back against memcpy of the same fp32: values a second of 16 Mi values. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "model/array_decode.h"
#include "model/array_encode.h"

enum { COUNT = 1 << 24 };

/* One of every kind, and what networks use most. */
static const char *const formats[] = {"e4m3fn", "e5m2",     "e5m2ieee",  "e2m1",    "e3m2",   "e2m3",    "int8",
                                      "int4",   "uint8",    "e4m3fnuz",  "p3109k8p4", "e8m0", "pot4",    "dense4",
                                      "apot5k2", "posit8es1", "lns8f3", "hif8",    "nf4"};

enum { FORMATS = sizeof formats / sizeof formats[0] };

typedef struct {
    ng_array_plan plan;
    ng_decode_table table;
    ng_array_path path;
    float *values;
    float *copy;
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
    ng_array_encode_on(a->path, &a->plan, a->values, COUNT, a->codes);
}

static void decode(void *context)
{
    arrays *a = context;
    ng_array_decode(&a->table, a->codes, COUNT, a->copy);
}

static void measure(bench *b, arrays *a, const char *format)
{
    char name[64];
    const bench_side memory = {"memcpy", "libc", copy, a, COUNT};
    for (int path = NG_PATH_PORTABLE; path <= NG_PATH_AVX2; path++) {
        a->path = (ng_array_path)path;
        if (ng_array_path_runs(a->path)) {
            const bench_side side = {"array encode", ng_array_path_name(a->path), encode, a, COUNT};
            snprintf(name, sizeof name, "encode %s %s", format, side.path);
            bench_ratio(b, name, "values/s", &side, &memory, path == NG_PATH_AVX2 ? 0.5 : 0);
        }
    }
    const bench_side side = {"array decode", ng_array_path_name(NG_PATH_PORTABLE), decode, a, COUNT};
    snprintf(name, sizeof name, "decode %s", format);
    bench_ratio(b, name, "values/s", &side, &memory, 0.5);
}

void bench_array(bench *b)
{
    arrays *a = bench_memory(sizeof *a);
    a->values = bench_memory(COUNT * sizeof a->values[0]);
    a->copy = bench_memory(COUNT * sizeof a->copy[0]);
    a->codes = bench_memory(COUNT);
    bench_normal(a->values, COUNT);
    for (size_t i = 0; i < FORMATS; i++) {
        const ng_format *format = ng_format_find(formats[i]);
        if (format == NULL || !ng_array_plan_init(&a->plan, format) ||
            !ng_decode_table_init_rounded(&a->table, format)) {
            fprintf(stderr, "bench: %s is no format of at most 8 bits\n", formats[i]);
            exit(EXIT_FAILURE);
        }
        measure(b, a, formats[i]);
    }
    free(a->values);
    free(a->copy);
    free(a->codes);
    free(a);
}
