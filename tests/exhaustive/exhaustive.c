/* exhaustive: every one of the 2^32 fp32 patterns through each path of ng_array_encode(), against a call of the
 * scalar function.
 *
 *   exhaustive [-j THREADS] [-l] FORMAT...
 *
 * -l takes ng_encode_double_with() as the scalar function, the long way in 256-bit integers that ng_encode_double()
 * shortens for plain formats. One line a format and path: inputs, mismatches, seconds; a mismatch is a line with
 * pattern, got and expected, the first 20 of them. Exit status: 0 no mismatch, 1 a mismatch, 2 wrong usage.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/array_encode.h"
#include "model/encode.h"
#include "model/format_name.h"

enum { CHUNK = 1 << 14, THREADS_MAX = 64, PATHS = 2, SHOWN = 20 };

#define PATTERNS (UINT64_C(1) << 32)

typedef struct {
    const ng_array_plan *plan;
    bool long_way;
    unsigned index;
    unsigned threads;
    uint64_t inputs[PATHS];
    uint64_t mismatches[PATHS];
} worker;

static void compare(worker *w, ng_array_path path, const float *values, const uint8_t *expected)
{
    uint8_t codes[CHUNK];
    ng_array_encode_on(path, w->plan, values, CHUNK, codes);
    w->inputs[path] += CHUNK;
    if (memcmp(codes, expected, CHUNK) == 0) {
        return;
    }
    for (unsigned i = 0; i < CHUNK; i++) {
        if (codes[i] != expected[i] && w->mismatches[path]++ < SHOWN) {
            uint32_t pattern;
            memcpy(&pattern, &values[i], sizeof pattern);
            printf("%s %s 0x%08x: got 0x%02x expected 0x%02x\n", w->plan->format.name, ng_array_path_name(path),
                   (unsigned)pattern, (unsigned)codes[i], (unsigned)expected[i]);
        }
    }
}

static void *work(void *context)
{
    worker *w = context;
    const ng_format *format = &w->plan->format;
    float values[CHUNK];
    uint8_t expected[CHUNK];
    for (uint64_t at = (uint64_t)w->index * CHUNK; at < PATTERNS; at += (uint64_t)w->threads * CHUNK) {
        for (unsigned i = 0; i < CHUNK; i++) {
            const uint32_t pattern = (uint32_t)at + i;
            memcpy(&values[i], &pattern, sizeof pattern);
            expected[i] = (uint8_t)(w->long_way ? ng_encode_double_with(format, (double)values[i], NULL)
                                                : ng_encode_double(format, (double)values[i]));
        }
        compare(w, NG_PATH_PORTABLE, values, expected);
        if (ng_array_path_runs(NG_PATH_AVX2)) {
            compare(w, NG_PATH_AVX2, values, expected);
        }
    }
    return NULL;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* True if every pattern was compared on every path that runs here, without a mismatch. */
static bool check(const ng_array_plan *plan, bool long_way, unsigned threads)
{
    static worker workers[THREADS_MAX];
    pthread_t thread[THREADS_MAX];
    const double start = now();
    bool fine = true;
    for (unsigned i = 0; i < threads; i++) {
        workers[i] = (worker){.plan = plan, .long_way = long_way, .index = i, .threads = threads};
        if (pthread_create(&thread[i], NULL, work, &workers[i]) != 0) {
            fputs("exhaustive: cannot start a thread\n", stderr);
            exit(EXIT_FAILURE);
        }
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(thread[i], NULL);
    }
    for (int path = 0; path < PATHS; path++) {
        uint64_t inputs = 0;
        uint64_t mismatches = 0;
        for (unsigned i = 0; i < threads; i++) {
            inputs += workers[i].inputs[path];
            mismatches += workers[i].mismatches[path];
        }
        if (!ng_array_path_runs((ng_array_path)path)) {
            printf("%s %s: not on this machine\n", plan->format.name, ng_array_path_name((ng_array_path)path));
            continue;
        }
        printf("%s %s: %llu inputs, %llu mismatches\n", plan->format.name, ng_array_path_name((ng_array_path)path),
               (unsigned long long)inputs, (unsigned long long)mismatches);
        fine = fine && inputs == PATTERNS && mismatches == 0;
    }
    printf("%s: %.0f s\n", plan->format.name, now() - start);
    fflush(stdout);
    return fine;
}

static int usage(void)
{
    fputs("usage: exhaustive [-j THREADS] [-l] FORMAT...\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static ng_array_plan plan;
    unsigned long threads = 1;
    bool long_way = false;
    bool fine = true;
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "-l") == 0) {
            long_way = true;
        } else if (strcmp(argv[at], "-j") == 0 && at + 1 < argc) {
            threads = strtoul(argv[++at], NULL, 10);
        } else {
            return usage();
        }
    }
    if (at == argc || threads == 0 || threads > THREADS_MAX) {
        return usage();
    }
    for (; at < argc; at++) {
        ng_format format;
        if (ng_format_parse(argv[at], NULL, 0, &format, NULL) != NG_PARSE_OK || !ng_array_plan_init(&plan, &format)) {
            fprintf(stderr, "exhaustive: %s is no format of at most 8 bits\n", argv[at]);
            return 2;
        }
        fine = check(&plan, long_way, (unsigned)threads) && fine;
    }
    return fine ? 0 : 1;
}
