/* bench.h: ratios of two speeds, measured in turns within one run.
 *
 * ratio = (work / time) of the numerator / (work / time) of the denominator
 *
 * Time is the processor time of the thread, so that other programs on a shared machine cost little; both sides are
 * run once to warm up, then in turns BENCH_REPEATS times. The ratio is the median of those of the turns; the spread
 * is their interquartile range divided by the median. A benchmark is a row of benches.def and
 * `void bench_NAME(bench *b)`, which calls bench_ratio() for each figure.
 */
#ifndef NG_BENCH_H
#define NG_BENCH_H

#include <jansson.h>
#include <stddef.h>

enum { BENCH_REPEATS = 15 };

typedef struct {
    json_t *entries;
} bench;

/* One side of a ratio. */
typedef struct {
    const char *name;
    const char *path; /* the instructions it runs on: ng_array_path_name(), or "libc" */
    void (*run)(void *context);
    void *context;
    double work; /* of one run, in units of the ratio */
} bench_side;

/* Measures and records one figure. at_least: what the project promises, 0 for nothing. */
void bench_ratio(bench *b, const char *name, const char *unit, const bench_side *numerator,
                 const bench_side *denominator, double at_least);

/* Processor time of the thread for one run of a side. */
double bench_seconds(const bench_side *side);

/* bench_ratio() with another clock, for a side that is not a function of this program: seconds for one run. */
typedef double bench_clock(const bench_side *side);
void bench_ratio_by(bench *b, const char *name, const char *unit, const bench_side *numerator, const bench_side *denominator,
                    double at_least, bench_clock *clock);

/* Memory for a bench, on a boundary of 64 bytes; never returns NULL. */
void *bench_memory(size_t size);

/* Fills values[count] with fp32 of a normal distribution, the same ones every time. */
void bench_normal(float *values, size_t count);

#endif
