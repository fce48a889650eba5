/* matmul.h: which matrices of its operands each result of a MatMul step is the product of. */
#ifndef NG_MATMUL_H
#define NG_MATMUL_H

#include "src/infer/matrices.h"
#include "src/infer/plan.h"

ng_matmul ng_matmul_of(const ng_step *step);

/* The left and the right matrix of result number `result` of all images: leading axes of size 1 stretch. */
size_t ng_matmul_left(const ng_step *step, size_t result);
size_t ng_matmul_right(const ng_step *step, size_t result);

#endif
