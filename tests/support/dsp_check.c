#include "tests/support/dsp_check.h"

#include <stdio.h>

#include "tests/support/random.h"

unsigned dsp_weights(const ng_datapath *path)
{
    return path->width == 1 ? 1 : 2;
}

unsigned dsp_activations(const ng_datapath *path)
{
    return path->width == 4 ? 2 : 1;
}

static void draw_side(uint64_t seed, unsigned codes, unsigned bits, uint64_t *word)
{
    const bool ends = random_below(seed, 0, 3) == 0;
    for (unsigned i = 0; i < codes; i++) {
        const uint32_t end = random_below(seed, 2 * i + 1, 8) == 0 ? (1U << (bits - 1)) - 1 : 1U << (bits - 1);
        kind_put(word, bits * i, bits, ends ? end : random_below(seed, 2 * i + 2, 1U << bits));
    }
}

void dsp_draw(const ng_datapath *path, uint64_t seed, uint64_t first[NG_OPERAND_LIMBS], uint64_t second[NG_OPERAND_LIMBS])
{
    draw_side(2 * seed, path->lanes * dsp_weights(path), path->weight->bits, first);
    draw_side(2 * seed + 1, path->lanes * dsp_activations(path), path->activation->bits, second);
}

/* Bits of a word read one by one, as a number in two's complement. */
static long code_at(const uint64_t *word, unsigned index, unsigned bits)
{
    long value = 0;
    for (unsigned i = 0; i < bits; i++) {
        const unsigned at = index * bits + i;
        const long weight = i + 1 == bits ? -(1L << i) : 1L << i;
        value += (word[at / 64] >> (at % 64) & 1) != 0 ? weight : 0;
    }
    return value;
}

void dsp_add(const ng_datapath *path, const uint64_t *first, const uint64_t *second, mpz_t sums[4])
{
    mpz_t term;
    mpz_init(term);
    for (unsigned lane = 0; lane < path->lanes; lane++) {
        for (unsigned u = 0; u < dsp_activations(path); u++) {
            for (unsigned v = 0; v < dsp_weights(path); v++) {
                mpz_set_si(term, code_at(first, lane * dsp_weights(path) + v, path->weight->bits));
                mpz_mul_si(term, term, code_at(second, lane * dsp_activations(path) + u, path->activation->bits));
                mpz_add(sums[u * dsp_weights(path) + v], sums[u * dsp_weights(path) + v], term);
            }
        }
    }
    mpz_clear(term);
}

bool dsp_same(const ng_datapath *path, const ng_result *result, mpz_t sums[4], uint64_t seed)
{
    bool same = true;
    mpz_t got;
    mpz_init(got);
    for (unsigned k = 0; k < path->width; k++) {
        kind_field(got, result, k * path->sum_bits, path->sum_bits, true);
        if (mpz_cmp(got, sums[k]) != 0) {
            gmp_fprintf(stderr, "%s sum %u seed %lu: got %Zd expected %Zd\n", path->unit->name, k, (unsigned long)seed, got, sums[k]);
            same = false;
        }
    }
    mpz_clear(got);
    return same;
}
