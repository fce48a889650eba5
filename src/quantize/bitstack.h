/* bitstack.h: weights as a stack of sign planes over low-rank magnitudes, of which as many are loaded as memory allows (BitStack,
 * arXiv 2410.23918: iterative absolute value decomposition).
 *
 *   R_0 = W D;  plane i:  S_i = sign(R_i) (0: +),  |R_i| ~ P_i = L_i M_i of rank r,  R_(i+1) = R_i - S_i * P_i (element by element)
 *   W ~ (S_0 * P_0 + S_1 * P_1 + ...) D^-1
 * L M: the first r singular triples of |R|, the singular value's root in each factor, rounded to a format f (fp16) before the next plane is
 * made, so that it corrects the rounding as well. D: the root mean square of each input, which makes the least error that of the outputs.
 * A plane takes channels * reduction + bits(f) * r * (channels + reduction) bits; D bits(f) an input, once.
 * The sums are made in double and rounded to fp32 once; the layer multiplies in fp32.
 *
 * Range: w finite; rank 1..min(channels, reduction), more is read as that; planes 1..NG_STACK_MOST; input[reduction] > 0 or NULL:
 * all 1, and not stored; the factors' format a scalar one.
 */
#ifndef NG_BITSTACK_H
#define NG_BITSTACK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/format.h"

enum { NG_STACK_MOST = 16 };

typedef struct {
    unsigned planes;
    size_t rank;
    const ng_format *factor;
} ng_stack;

/* numbers[channels][reduction] of the whole stack; error[planes] (may be NULL): sum (w - number)^2 after each plane. False
 * without memory, or if the singular values are not found. */
bool ng_bitstack_fit(const ng_stack *stack, const float *w, const float *input, size_t channels, size_t reduction, float *numbers,
                     double *error);

unsigned long long ng_bitstack_bits(const ng_stack *stack, bool scaled, size_t channels, size_t reduction);

#endif
