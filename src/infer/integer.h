/* integer.h: a network in integers alone, from the quantised image to the scores (HAWQ-V3, arXiv 2011.10680).
 *
 * Every tensor holds integers q that stand for q * S, S one number a tensor; only a layer's sums have an S_c for each channel:
 *   sums      A[c] = sum_k W[c][k] q[k] + B[c],   S_c = S_in * s_w[c],   B[c] = bias / S_c, rounded to nearest even
 *   layer     q = clamp(dyadic(A[c], S_c / S_out)), of the activations' format
 *   add       q = clamp(dyadic(q1, S_1 / S_out) + dyadic(q2, S_2 / S_out)): two rounded requantisations, then the sum (residual
 *             adds). A layer that only an add reads hands it its sums, with a multiplier for each channel
 *   pool      GlobalAveragePool: q = clamp(dyadic(sum of q, S_in / (S_out * count)))
 *   Relu, Clip, MaxPool, and everything that only moves numbers, on q as it is; S stays. Limits of Clip are rounded to S
 *   output    the last layer's sums to integers of 16 bits with one S, so that the largest is the largest
 * dyadic(z, s) = round(z * m / 2^e) to nearest even, m and e as in model/requantise.h, in 64 bits: |z| < 2^24, m < 2^32. No number
 * is ever divided by a scale, and nothing is fp32 but the way integers are kept here: below 2^24 that is exact, and a sum
 * that is not below it ends the run.
 */
#ifndef NG_INTEGER_H
#define NG_INTEGER_H

#include "model/requantise.h"
#include "src/infer/engine.h"

enum { NG_SUM_LIMIT = 1 << 24, NG_SCORE_BITS = 16 };

/* Largest magnitude that calibration met in each tensor of the plan, and the scale chosen for its numbers. */
typedef struct {
    float *largest;
    float *scale;
} ng_tensor_ranges;

/* Multipliers m * 2^-e, used in turn: of a layer's channels, or one. */
typedef struct {
    size_t count;
    int64_t *m;
    int64_t *e;
} ng_dyadics;

typedef struct ng_integer {
    const ng_plan *plan;
    double *scale;             /* [tensors] S; 0 where a tensor holds sums */
    int *maker;                /* [tensors] the layer whose sums a tensor holds, or NG_NO_LAYER */
    ng_requantise_rule rule;   /* of the activations' format */
    ng_engine sums;            /* the layers, whose outputs are plain sums; ng_engine_run() of it is ng_integer_run() */
    ng_layer_recipe *recipes;  /* [layers] of that engine */
    ng_weights *weights;       /* [layers] */
    double **channel_scale;    /* [layers][channels] S_c */
    double **bias;             /* [layers][channels] B */
    ng_dyadics *multipliers;   /* [steps][2]: of the step's output; an add's first operand, then its second */
    double score_scale;        /* S of the output */
} ng_integer;

/* round(z * m / 2^e) to nearest even. Range: |z| < 2^31; m < 2^32, e in 1..62; the bits of ng_requantise_dyadic() without a clamp. */
int64_t ng_dyadic(int64_t z, ng_multiplier scale);

/* Prepares a network whose layers are quantised by `recipe` (every layer in scalar integer formats, one activation format for all).
 * Errors: exit 2 for an operator that is not among the above, with its node, for other formats and for weights of several terms; exit
 * 3. It must stay where it is. Free with ng_integer_free(). */
bool ng_integer_init(ng_integer *integer, const ng_plan *plan, const ng_recipe *recipe, const ng_tensor_ranges *ranges, ng_error *error);
void ng_integer_free(ng_integer *integer);

/* Runs images as ng_engine_run() does, on a workspace of integer->sums. Errors: exit 1 for a sum of 2^24 or more, or an input
 * that is NaN. */
bool ng_integer_run(const ng_integer *integer, ng_workspace *workspace, const float *input, size_t images, ng_error *error);

#endif
