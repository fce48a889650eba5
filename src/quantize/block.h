/* block.h: rounding rows of numbers to a block format, fast, with the very bits of ng_block_encode().
 *
 * A row is cut into blocks of format->block columns; each gets the scale of ng_block_scale() and its numbers become
 * the values they then stand for. These are fp32 numbers without rounding while every scale stays within
 * [2^-64, 2^48], and so are the products and in-block sums made of two such rows.
 */
#ifndef NG_BLOCK_H
#define NG_BLOCK_H

#include "model/encode.h"

enum { NG_BLOCK_EXPONENT_LEAST = -64, NG_BLOCK_EXPONENT_MOST = 48 };

typedef struct {
    char name[8];
    ng_scale_rule rule;
} ng_block_rule;

/* Rows of the table: "ceil" (the default: more accurate on the bundled networks), "floor". NULL past the end. */
const ng_block_rule *ng_block_rule_at(size_t index);

/* The row named `name`, or NULL. */
const ng_block_rule *ng_block_rule_find(const char *name);

/* Replaces x[rows][columns] by the values of its blocks. False if a number is NaN or infinite or a block that is not
 * all zero has a scale outside [2^-64, 2^48]. Range: columns a multiple of
 * format->block, that one of 16. */
bool ng_block_round(const ng_format *format, ng_scale_rule rule, float *x, size_t rows, size_t columns);

#endif
