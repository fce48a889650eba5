#include "src/estimate/terms.h"

enum { TABLE_BITS = 6, FIRST_STAGE_BITS = 2 };

static unsigned lesser(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned ng_terms_bit_length(unsigned largest)
{
    unsigned bits = 0;
    while ((1U << bits) < largest + 1) {
        bits++;
    }
    return bits;
}

/* Radix-4 Booth rows of y: row j is x + 2 bits wide, or what is left of the product; a digit's sign is a table. */
static void add_booth(unsigned x, unsigned y, double lanes, ng_terms *terms)
{
    for (unsigned digit = 0; 2 * digit <= y; digit++) {
        terms->count[NG_TERM_ROWS] += lanes * lesser(x + 2, x + y - 2 * digit);
        terms->count[NG_TERM_TABLES] += 2 * digit < y ? lanes : 0;
    }
}

/* Tables up to 3 x 3 bits, a table and a row up to 4 x 4, Booth rows beyond. */
void ng_terms_significands(unsigned x, unsigned y, double lanes, ng_terms *terms)
{
    const unsigned longer = x > y ? x : y;
    const unsigned product = x + y;
    if (product < TABLE_BITS) {
        terms->count[NG_TERM_SMALL_TABLES] += lanes * product;
    } else if (product == TABLE_BITS) {
        terms->count[NG_TERM_TABLES] += lanes * TABLE_BITS;
    } else if (longer <= 4) {
        terms->count[NG_TERM_TABLES] += lanes * (longer + 2);
        terms->count[NG_TERM_ROWS] += lanes * (product - 2);
    } else {
        add_booth(longer, product - longer, lanes, terms);
    }
}

/* A stage after which the shift is known up to its bit `done`, `select` of them in this stage: as many bits are left as the shifted
 * product reaches, or as the ring has in which it turns (rtl/parts/ring_align.sv). */
static void add_stage(unsigned product, unsigned ring, unsigned done, unsigned select, double lanes, ng_terms *terms)
{
    terms->count[select > 1 ? NG_TERM_SHIFTS : NG_TERM_HALF_SHIFTS] += lanes * lesser(product + (1U << done) - 1, ring);
}

/* Bits of the row that three or more windows reach, each through a bit of its own: more nets than the row's LUT takes. */
static unsigned spread_bits(const ng_aligned_lane *lane, unsigned window, unsigned windows)
{
    const unsigned reach = lane->product + window - 1;
    unsigned count = 0;
    for (unsigned bit = 0; bit < lane->magnitude; bit++) {
        unsigned meeting = 0;
        for (unsigned w = 0; w < windows; w++) {
            const unsigned place = bit + lane->base;
            meeting += place >= w * window && place - w * window < reach ? 1 : 0;
        }
        count += meeting > 2 ? 1 : 0;
    }
    return count;
}

unsigned ng_terms_aligned(const ng_aligned_lane *lane, double lanes, ng_terms *terms)
{
    const unsigned exponent_bits = ng_terms_bit_length(lane->largest);
    const unsigned shift = exponent_bits > 2 ? exponent_bits - 2 : 0;
    const unsigned window = 1U << shift;
    const unsigned ring = lane->product <= window ? window : lane->product + window - 1;
    if (ring > window) {
        terms->count[NG_TERM_SPREAD] += lanes * spread_bits(lane, window, (lane->largest >> shift) + 1);
    }
    terms->count[NG_TERM_TURNS] += lanes * (lane->product + window - 1 - ring);
    for (unsigned done = 0; done < shift; done += FIRST_STAGE_BITS) {
        const unsigned select = lesser(shift - done, FIRST_STAGE_BITS);
        add_stage(lane->product, ring, done + select, select, lanes, terms);
    }
    return shift;
}
