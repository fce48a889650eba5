/* run.h: the unweighted operators on stored tensors; run_*.c hold one function for each that has its own. */
#ifndef NG_RUN_H
#define NG_RUN_H

#include "src/infer/plan.h"

typedef struct {
    const ng_step *step;
    size_t images;
    const float *const *in; /* data of each argument of the step: tensors of `images` images, or constants */
    float *out;
} ng_job;

/* Runs a step that is not weighted. */
void ng_run_step(const ng_job *job);

#define NG_DECLARE_LAYER(name)
#define NG_DECLARE_STEP(name) void ng_run_##name(const ng_job *job);
#define NG_DECLARE_UNARY(name) void ng_map_##name(const float *x, size_t count, const float *number, float *out);
#define NG_DECLARE_BINARY(name)
#define NG_DECLARE_SELECT(name)
#define NG_DECLARE_ALIAS(name)
#define NG_DECLARE_FOLD(name)
#define OPERATOR(name, least, most, outputs, kind) NG_DECLARE_##kind(name)
#include "src/network/operators.def"
#undef OPERATOR

/* All operators of kind SELECT, and of kind BINARY. */
void ng_run_select(const ng_job *job);
void ng_run_binary(const ng_job *job);

/* Numbers of an argument's or of the result's tensor. */
size_t ng_argument_count(const ng_argument *argument, size_t images);

/* The shape with `images` in front, [images][1]..[1][sizes] of `rank` axes behind it; a constant's with 1 in front. */
ng_shape ng_full_shape(const ng_argument *argument, unsigned rank, size_t images);

#endif
