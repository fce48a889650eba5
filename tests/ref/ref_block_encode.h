/* ref_block_encode.h: blocks under one scale in exact rational arithmetic (GMP), every scale and every element by
 * search.
 *
 * The definitions are those of OCP MX v1.0 sections 5 and 6.3 and of the rules' names, not of model/.
 */
#ifndef REF_BLOCK_ENCODE_H
#define REF_BLOCK_ENCODE_H

#include "tests/ref/ref_round.h"

enum { REF_BLOCK_SCALES = 256 };

typedef enum { REF_RULE_FLOOR, REF_RULE_CEIL, REF_RULE_ROUND, REF_RULE_MSE } ref_rule;

/* Elements of a format under a scale; all its numbers written out. */
typedef struct {
    const ref_table *table;
    unsigned block;
    ref_scale scale;
    unsigned scales;                   /* codes an encoder may give: 0 .. scales - 1 */
    int nan;                           /* the code of NaN, or -1 */
    mpq_t scale_value[REF_BLOCK_SCALES];
    mpq_t *element;                    /* by code, the finite ones */
    mpq_t tensor;
} ref_block;

/* Writes out a block format. Release with ref_block_clear(). */
void ref_block_init(ref_block *block, const ref_table *table, unsigned length, ref_scale scale, float tensor);
void ref_block_clear(ref_block *block);

/* Scale code of a block whose largest magnitude is `largest`. Not MSE. */
uint32_t ref_block_scale(const ref_block *block, const mpq_t largest, ref_rule rule);

/* Code of x / scale among the finite elements by its neighbours, saturating. Range: x finite, elements with a zero whose
 * neighbours' codes differ in parity (integers, minifloats). */
uint32_t ref_block_element(const ref_block *block, uint32_t scale, double x, const ref_options *options);

/* Quantises block->block values; returns the scale code. */
uint32_t ref_block_encode(const ref_block *block, const float *values, ref_rule rule, uint16_t *codes);

#endif
