/* successors.h: weighted layers that follow each other with nothing between them but what commutes with positive factors of
 * single channels: Relu, LeakyRelu, maxima and means over space, and Clip from 0 on, whose upper limit then differs by channel.
 */
#ifndef NG_SUCCESSORS_H
#define NG_SUCCESSORS_H

#include "src/infer/plan.h"

enum { NG_SUCCESSOR_CLIPS = 4 };

typedef struct {
    size_t first;  /* indices into the plan's layers; output channel c of the first is input channel c of the second */
    size_t second;
    size_t clips[NG_SUCCESSOR_CLIPS]; /* indices into the plan's steps: the Clips between them */
    unsigned clip_count;
} ng_successors;

/* Fills pairs[plan->layer_count]; returns how many there are. Nothing else reads what is between the two. */
size_t ng_successors_find(const ng_plan *plan, ng_successors *pairs);

/* Divides the first layer's output channels (weights, bias, limits of the Clips) by s[channels] and multiplies the second's weights by
 * it: the same network but for rounding. Range: s > 0. False without memory. */
bool ng_successors_scale(ng_plan *plan, const ng_successors *pair, const float *s);

#endif
