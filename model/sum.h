/* sum.h: the state of an accumulator, step by step.
 *
 *   start                   s = 0
 *   align (windows only)    tells the largest alignment exponent of the terms to come: all of them (WINDOW) or the next
 *                           group (BLOCKED). Before the first of them; not needed if all are zero
 *   add                     one term
 *   finish                  closes a group that is not full (BLOCKED)
 * Where STOCHASTIC rounds, `random` holds the words of the step: the caller writes them before each align or add; those of a
 * group's last term round its end, those at align cut a joined running sum. Their number is that of the terms, whatever
 * the sum.
 *   read                    value = fixed * 2^exponent (EXACT, WINDOW) or running (FLOAT, BLOCKED)
 * ng_dot() of model/dot.h goes through these steps for whole vectors.
 *
 * Range: a valid path. More terms than the path has room for wrap modulo 2^fixed_bits as the register would, and so
 * does a term that lies above the alignment it was promised.
 */
#ifndef NG_SUM_H
#define NG_SUM_H

#include "model/accumulator.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    ng_big fixed;
    int exponent;      /* of fixed's bit 0 */
    ng_float running;
    unsigned count;    /* terms of the open group */
    bool flag;         /* a term so far was special */
    ng_random random;  /* of the next step; 0 after start */
} ng_sum;

void ng_sum_start(const ng_dot_path *path, ng_sum *sum);
void ng_sum_align(const ng_dot_path *path, ng_sum *sum, int largest);
void ng_sum_add(const ng_dot_path *path, ng_sum *sum, const ng_term *term);
void ng_sum_add_long(const ng_dot_path *path, ng_sum *sum, const ng_long_term *term);
void ng_sum_finish(const ng_dot_path *path, ng_sum *sum);

/* True if the value is the running sum, not the fixed-point register. */
bool ng_sum_is_float(const ng_dot_path *path);

#ifdef __cplusplus
}
#endif

#endif
