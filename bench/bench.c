#include "bench/bench.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/array_path.h"
#include "src/base/file.h"

#define BENCH(name) void bench_##name(bench *b);
#include "bench/benches.def"
#undef BENCH

typedef struct {
    const char *name;
    void (*run)(bench *b);
} row;

static const row rows[] = {
#define BENCH(name) {#name, bench_##name},
#include "bench/benches.def"
#undef BENCH
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(NG_EXIT_MISSING);
}

void *bench_memory(size_t size)
{
    void *memory = NULL;
    if (posix_memalign(&memory, 64, size) != 0) {
        fail("out of memory");
    }
    memset(memory, 1, size);
    return memory;
}

/* Box and Muller over a multiplicative congruential sequence. */
void bench_normal(float *values, size_t count)
{
    uint64_t state = 88172645463325252U;
    double uniform[2];
    for (size_t i = 0; i < count; i++) {
        for (unsigned k = 0; k < 2; k++) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            uniform[k] = ((double)(state >> 11) + 0.5) * 0x1p-53;
        }
        values[i] = (float)(sqrt(-2 * log(uniform[0])) * cos(6.283185307179586 * uniform[1]));
    }
}

double bench_seconds(const bench_side *side)
{
    struct timespec start;
    struct timespec stop;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    side->run(side->context);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &stop);
    return (double)(stop.tv_sec - start.tv_sec) + 1e-9 * (double)(stop.tv_nsec - start.tv_nsec);
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *sorted, double at)
{
    return sorted[(size_t)lround(at * (BENCH_REPEATS - 1))];
}

void bench_ratio(bench *b, const char *name, const char *unit, const bench_side *numerator,
                 const bench_side *denominator, double at_least)
{
    bench_ratio_by(b, name, unit, numerator, denominator, at_least, bench_seconds);
}

void bench_ratio_by(bench *b, const char *name, const char *unit, const bench_side *numerator, const bench_side *denominator,
                    double at_least, bench_clock *clock)
{
    double ratio[BENCH_REPEATS];
    double above[BENCH_REPEATS];
    double below[BENCH_REPEATS];
    (void)clock(denominator);
    (void)clock(numerator);
    for (unsigned i = 0; i < BENCH_REPEATS; i++) {
        below[i] = denominator->work / clock(denominator);
        above[i] = numerator->work / clock(numerator);
        ratio[i] = above[i] / below[i];
    }
    qsort(ratio, BENCH_REPEATS, sizeof ratio[0], compare);
    qsort(above, BENCH_REPEATS, sizeof above[0], compare);
    qsort(below, BENCH_REPEATS, sizeof below[0], compare);
    const double median = quantile(ratio, 0.5);
    const double spread = (quantile(ratio, 0.75) - quantile(ratio, 0.25)) / median;
    json_t *entry = json_pack("{s:s, s:f, s:s, s:s, s:f, s:s, s:s, s:f, s:s, s:i, s:f}", "name", name, "ratio", median,
                              "numerator_name", numerator->name, "numerator_path", numerator->path, "numerator",
                              quantile(above, 0.5), "denominator_name", denominator->name, "denominator_path",
                              denominator->path, "denominator", quantile(below, 0.5), "unit", unit, "repeats",
                              (int)BENCH_REPEATS, "spread", spread);
    json_t *least = at_least > 0 ? json_real(at_least) : json_null();
    if (entry == NULL || json_object_set_new(entry, "at_least", least) != 0 ||
        json_array_append_new(b->entries, entry) != 0) {
        fail("out of memory");
    }
    printf("%-32s %6.3f  %s (%s) / %s (%s), spread %.2f", name, median, numerator->name, numerator->path,
           denominator->name, denominator->path, spread);
    puts(at_least > 0 && median < at_least ? "  TOO SLOW" : "");
    fflush(stdout);
}

/* "model name" of the machine, or "unknown". */
static json_t *processor(void)
{
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            fclose(file);
            line[strcspn(line, "\n")] = 0;
            return json_string(colon + 2);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return json_string("unknown");
}

static void write_report(const char *path, json_t *entries)
{
    ng_error error;
    json_t *root = json_pack("{s:o, s:s, s:s, s:s, s:O}", "processor", processor(), "compiler", __VERSION__, "clock",
                             "processor time of the thread", "path", ng_array_path_name(ng_array_path_best()),
                             "entries", entries);
    char *text = root != NULL ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(4)) : NULL;
    if (text == NULL) {
        fail("out of memory");
    }
    if (!ng_write_file(path, text, strlen(text), &error)) {
        fail(error.text);
    }
    free(text);
    json_decref(root);
}

/* bench FILE [NAME...]: runs all benchmarks, or those named, and writes FILE. */
int main(int argc, char **argv)
{
    bench b = {.entries = json_array()};
    if (argc < 2) {
        fputs("usage: bench FILE.json [NAME...]\n", stderr);
        return NG_EXIT_USAGE;
    }
    for (int i = 2; i < argc; i++) {
        bool known = false;
        for (size_t k = 0; k < ROWS; k++) {
            known = known || strcmp(rows[k].name, argv[i]) == 0;
        }
        if (!known) {
            fprintf(stderr, "bench: no benchmark %s; bench/benches.def lists them\n", argv[i]);
            return NG_EXIT_USAGE;
        }
    }
    for (size_t k = 0; k < ROWS; k++) {
        bool chosen = argc == 2;
        for (int i = 2; i < argc; i++) {
            chosen = chosen || strcmp(rows[k].name, argv[i]) == 0;
        }
        if (chosen) {
            rows[k].run(&b);
        }
    }
    write_report(argv[1], b.entries);
    json_decref(b.entries);
    return NG_EXIT_OK;
}
