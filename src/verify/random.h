/* random.h: a small seeded generator, and codes drawn from distributions. */
#ifndef NG_RANDOM_H
#define NG_RANDOM_H

#include "model/format.h"

/* SplitMix64 (Steele, Lea, Flood 2014): state advances by a constant, the output is a mix of it. */
typedef struct {
    uint64_t state;
} ng_random;

/* A generator for item `index` of the sequence `seed`; neighbouring indices are unrelated. */
ng_random ng_random_start(uint64_t seed, uint64_t index);

/* 64 uniform bits. */
uint64_t ng_random_bits(ng_random *random);

enum { NG_GAUSSIAN_CODES = 1024 };

/* Codes of Gaussian samples quantised into a format: half of the table with a standard deviation of a quarter of the
 * largest value, half with one in the middle of the format's range of exponents. Drawing an index uniformly draws from
 * the mixture. */
typedef struct {
    uint8_t code[NG_GAUSSIAN_CODES];
} ng_gaussian;

void ng_gaussian_fill(ng_gaussian *table, const ng_format *format, uint64_t seed);

#endif
