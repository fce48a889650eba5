#include "model/window.h"

#include "model/round.h"

int ng_window_unit(const ng_accumulator *accumulator, int largest)
{
    return largest + 2 - (int)accumulator->window;
}

ng_wide ng_window_cut(const ng_accumulator *accumulator, const ng_wide *significand, int exponent, int unit,
                      uint32_t random)
{
    if (exponent >= unit) {
        return ng_wide_shift_left(*significand, (unsigned)(exponent - unit));
    }
    const ng_draw draw = {random, accumulator->random_bits};
    return ng_round_signed_drawn(significand, (unsigned)(unit - exponent), accumulator->cut, draw);
}

static int positive(int value)
{
    return value > 0 ? value : 0;
}

/* Bits of a loss: the largest error of one term is u * (1 - 2^-bits); to nearest u/2 = u * (1 - 2^-1). */
static unsigned loss(const ng_dot_path *path, int dropped)
{
    const unsigned bits = (unsigned)positive(dropped);
    const unsigned significant = path->term.significant;
    if (ng_rounding_is_nearest(path->accumulator.cut)) {
        return bits > 0 ? 1 : 0;
    }
    return path->accumulator.cut == NG_ROUND_TOWARD_ZERO && bits > significant ? significant : bits;
}

/* (1 - 2^-bits) in units of 2^-grain. Range: bits <= grain < 255. */
static ng_wide fraction(unsigned bits, unsigned grain)
{
    const ng_wide ones = ng_wide_add(ng_wide_shift_left(ng_wide_from_int(1), bits), ng_wide_from_int(-1));
    return ng_wide_shift_left(ones, grain - bits);
}

ng_wide ng_window_error(const ng_dot_path *path, int largest, unsigned terms, int *exponent)
{
    enum { GRAIN = 200 }; /* 1 - 2^-200 stands for what is longer, on the safe side: rounded up to 1 */
    const int window = (int)path->accumulator.window;
    const unsigned near = loss(path, (int)path->term.fraction + 2 - window);
    const unsigned far = loss(path, largest + 2 - window - path->lsb);
    const ng_wide whole = ng_wide_shift_left(ng_wide_from_int(1), GRAIN);
    const ng_wide first = near > GRAIN ? whole : fraction(near, GRAIN);
    const ng_wide other = far > GRAIN ? whole : fraction(far, GRAIN);
    *exponent = ng_window_unit(&path->accumulator, largest) - GRAIN;
    return ng_wide_add(first, ng_wide_multiply(other, ng_wide_from_int((int64_t)terms - 1)));
}
