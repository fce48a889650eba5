/* block.h: rounding rows of numbers to a block format, fast, with the very bits of ng_block_encode().
 *
 * A row is cut into blocks of format->block columns; each gets the scale of ng_block_encode() and its numbers become
 * the values they then stand for. These are fp32 numbers without rounding while every scale stays within
 * [2^-64, 2^48], and so are the products and in-block sums made of two such rows, as far as the elements leave them 24 bits.
 */
#ifndef NG_BLOCK_H
#define NG_BLOCK_H

#include "model/block_encode.h"

enum { NG_BLOCK_EXPONENT_LEAST = -64, NG_BLOCK_EXPONENT_MOST = 48 };

typedef struct {
    char name[8];
    ng_scale_rule rule;
} ng_block_rule;

/* Rows of the table: "ceil", "floor", "round", "mse" (model/block_encode.h). NULL past the end. */
const ng_block_rule *ng_block_rule_at(size_t index);

/* The rule that was the more accurate one on the bundled networks: "floor" for integer elements (bfp_m3k16 66 instead of
 * 54 % and 83 instead of 72 %), for whose few steps finer ones are worth a clamped maximum; "ceil" for minifloats
 * (mxfp4 88 instead of 83 %, and no difference), whose largest steps are coarse. Under UE4M3 scales "round", NVFP4's recipe. */
const ng_block_rule *ng_block_rule_default(const ng_format *format);

/* The row named `name`, or NULL. */
const ng_block_rule *ng_block_rule_find(const char *name);

/* Replaces x[rows][columns] by the values of its blocks. False if a number is NaN or infinite or a block that is not
 * all zero has a scale outside [2^-64, 2^48]. The last block of a row may be shorter than others: as if zeros stood behind it.
 * Range: a scale that is a power of two; of blocks of a multiple of 16, columns likewise. */
bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns);

#endif
