/* random.h: random bits as a function of (seed, index), so that one case can be reproduced without those before it. */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include <stdint.h>

#include "model/round.h"

/* 64 random bits (the splitmix64 sequence of `seed` at position `index`). Range: any. */
uint64_t random_bits(uint64_t seed, uint64_t index);

/* A number below `limit`. Range: limit > 0; the bias of the remainder does not matter here. */
uint32_t random_below(uint64_t seed, uint64_t index, uint32_t limit);

/* A finite double of random sign and mantissa, exponent uniform in [low, high). */
double random_double(uint64_t seed, uint64_t index, int low, int high);

/* Random bits of a rounding: words of every length, their ends more often than chance gives. */
ng_draw random_draw(uint64_t seed, uint64_t index);

#endif
