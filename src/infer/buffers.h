/* buffers.h: which tensors of a plan share memory. */
#ifndef NG_BUFFERS_H
#define NG_BUFFERS_H

#include "src/infer/plan.h"

/* Gives every tensor a slot: a buffer that no other tensor lives in between its step and its last reader. Element-wise steps
 * write over an operand where they can. False without memory. Range: steps, tensors and output are set, slots has room
 * for one a tensor. */
bool ng_buffers_assign(ng_plan *plan);

#endif
