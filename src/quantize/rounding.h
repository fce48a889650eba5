/* rounding.h: layer methods that choose values on a lattice by the Gram matrix of the layer's inputs: gptq, adaround, flexround.
 *
 * Options that they have in common:
 *   samples=N   operand rows of each group, at most what the task has
 *   prefix=0    X: rows of the fp32 network, what the paper's objective has where layers are taken alone
 *   prefix=1    X: the rows as the layers before leave them when they are quantised, and as this layer quantises them itself;
 *               the target is still the output of the fp32 network (gramian.h: w*), so errors made before are made good
 */
#ifndef NG_ROUNDING_H
#define NG_ROUNDING_H

#include "src/quantize/gramian.h"
#include "src/quantize/lattice.h"

/* Chooses the lattice's values for w. False without memory or, for a method that factorises it, with a matrix that has no factor. */
typedef bool ng_rounder(const void *options, const ng_gramian *gram, const float *w, ng_lattice *lattice);

/* Fills *weights group by group. Errors: exit 3, and those of the rows. */
bool ng_round_layer(const ng_layer_task *task, const ng_method_choice *choice, ng_rounder *rounder, const void *options,
                    ng_weights *weights, ng_error *error);

/* The sums over the rows of a group that `choice` asks for. Errors likewise. Free with ng_gramian_free(). */
bool ng_task_gramian(const ng_layer_task *task, const ng_method_choice *choice, size_t group, ng_gramian *gram, ng_error *error);

#endif
