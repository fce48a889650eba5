/* attention.h: products of two activations (attention's MatMul) in the circuit's arithmetic.
 *
 * Both operands are quantised to the format; the sums are exact, as those of weighted layers (product.h).
 *   scalar formats   y = fp32(sum_k A[i][k] * B[k][j] * 2^(2 lsb)) * fp32(s_a * s_b), s_a and s_b static, one a tensor
 *   block formats    blocks lie along k, zeros at the end; within a block exact, across blocks added in order, one rounding each;
 *                    of two levels times fp32(s_a * s_b) as well
 * Sums below 2^24 and 2^53 run in fp32 and double; longer ones are cut into parts of a double's length, each exact, which are
 * then joined and rounded once.
 */
#ifndef NG_ATTENTION_H
#define NG_ATTENTION_H

#include "model/block_encode.h"
#include "src/base/error.h"
#include "src/infer/product.h"
#include "src/infer/run.h"

typedef struct ng_attention_recipe {
    const ng_format *format; /* of both operands */
    ng_scale_rule rule;      /* block formats */
    float scale[2];          /* of the left and the right operand; scalar formats, blocks of two levels */
    bool fake;               /* emulation in fp32 */
} ng_attention_recipe;

/* Which of the arithmetics of product.h it runs in. */
ng_arithmetic ng_attention_arithmetic(const ng_attention_recipe *recipe, const ng_step *step);

/* Bits of its exact sum. */
unsigned ng_attention_bits(const ng_attention_recipe *recipe, const ng_step *step);

/* Bytes of scratch for `images` images. */
size_t ng_attention_scratch(const ng_step *step, size_t images);

/* Runs the step. Errors: exit 1 if an operand is NaN, or for blocks infinite or out of the range of src/quantize/block.h. */
bool ng_attention_run(const ng_attention_recipe *recipe, const ng_job *job, void *scratch, ng_error *error);

#endif
