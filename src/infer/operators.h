/* operators.h: the unweighted operators on stored tensors. */
#ifndef NG_OPERATORS_H
#define NG_OPERATORS_H

#include "src/infer/plan.h"

/* Runs a step that is not weighted on `images` images; a constant operand's data is in step->in, a tensor's in data[]. */
void ng_operator_run(const ng_step *step, size_t images, const float *const data[2], float *out);

#endif
