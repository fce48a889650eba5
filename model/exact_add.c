#include "model/exact_add.h"

#include "model/round.h"

/* The bit that the leading one of the larger number is put at. Every bit of it has room below, and the smaller one,
 * where it reaches below bit 0, is so far down that nothing but a sticky bit of it counts. Short numbers need not a
 * long register. */
enum { SHORT = 128, SHORT_TOP = 250, LONG_TOP = 1270 };

/* sum = sum + x * 2^shift. With a negative shift x ends far below the other number's leading one, and its last places
 * may be replaced by a one that no later rounding can tell from them. */
static void add_aligned(ng_big *sum, const ng_big *x, int shift)
{
    if (shift >= 0) {
        ng_big_add(sum, x, (unsigned)shift);
        return;
    }
    unsigned drop = 0;
    ng_wide leading = ng_big_leading(x, &drop);
    const int left = (int)drop + shift;
    if (left < 0) {
        leading = ng_round_signed(&leading, (unsigned)-left, NG_ROUND_TO_ODD);
    }
    ng_big_add_wide(sum, &leading, left < 0 ? 0 : (unsigned)left);
}

static int maximum(int a, int b)
{
    return a > b ? a : b;
}

ng_wide ng_exact_add(const ng_big *a, int a_exponent, const ng_big *b, int b_exponent, int *exponent)
{
    const unsigned a_length = ng_big_length(a);
    const unsigned b_length = ng_big_length(b);
    const int a_end = a_exponent + (int)a_length;
    const int b_end = b_exponent + (int)b_length;
    const int end = a_length == 0 ? b_end : b_length == 0 ? a_end : maximum(a_end, b_end);
    const bool is_short = a_length <= SHORT && b_length <= SHORT;
    const int base = end - (is_short ? SHORT_TOP : LONG_TOP);
    ng_big sum;
    ng_big_zero(&sum, is_short ? NG_WIDE_BITS : NG_BIG_BITS);
    if (a_length != 0) {
        add_aligned(&sum, a, a_exponent - base);
    }
    if (b_length != 0) {
        add_aligned(&sum, b, b_exponent - base);
    }
    unsigned drop = 0;
    const ng_wide leading = ng_big_leading(&sum, &drop);
    *exponent = base + (int)drop;
    return leading;
}
