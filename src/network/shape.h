/* shape.h: sizes of a tensor. */
#ifndef NG_SHAPE_H
#define NG_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    NG_RANK_MOST = 6,               /* of a value of a network */
    NG_RANK_MAX = NG_RANK_MOST + 1  /* room for an axis of images in front */
};

typedef struct {
    unsigned rank;
    size_t size[NG_RANK_MAX];
} ng_shape;

/* Elements of a tensor of that shape: the product of its sizes. 1 for rank 0. */
size_t ng_shape_count(const ng_shape *shape);

/* Elements from one index of each axis to the next, last axis innermost. */
void ng_shape_strides(const ng_shape *shape, size_t stride[NG_RANK_MAX]);

/* False if the shapes differ in rank or in a size. */
bool ng_shape_equal(const ng_shape *a, const ng_shape *b);

/* The common shape of two operands: sizes aligned at the last axis, equal or one of them 1. False if they do not fit. */
bool ng_shape_broadcast(const ng_shape *a, const ng_shape *b, ng_shape *out);

#endif
