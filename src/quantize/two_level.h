/* two_level.h: blocks of two scale levels (NVFP4): rounding rows of numbers to them, fast, with the very bits of
 * ng_block_encode_under().
 *
 *   value = tensor * scale * element, tensor fp32 and the same for a whole tensor, scale UE4M3 for each block
 *
 * Rounding finds between which limits a magnitude lies: tensor * scale * (midpoint of two elements) for the elements, tensor * largest
 * element * (a scale, or the midpoint of two) for the scales. Both have at most 37 bits: a double holds them, and the largest fp32
 * number on the lower side stands for them. The tensor's scale stays out of the numbers, as in the circuit: scale * element.
 */
#ifndef NG_TWO_LEVEL_H
#define NG_TWO_LEVEL_H

#include "model/block_encode.h"

/* True for a format with a scale of the tensor above those of the blocks. */
bool ng_is_two_level(const ng_format *format);

/* The scale of a tensor whose largest magnitude is `largest`: ng_nvfp4_tensor_scale() for elements of any reach; 1 for formats of
 * one level. */
float ng_block_tensor_scale(const ng_format *format, float largest);

/* Replaces x[rows][columns] by scale * element of its blocks under a scale of the tensor; formats of one level, which have none: by
 * ng_block_round(). False if a number is NaN or infinite, or as ng_block_round(). MSE is the model's own search: slow.
 * Range: as ng_block_round(); a tensor scale that is not > 0 is read as 1; elements that a circuit multiplies. */
bool ng_block_round_under(const ng_format *format, float tensor, ng_scale_rule rule, float *x, size_t rows, size_t columns);

#endif
