#include "src/network/shape.h"

size_t ng_shape_count(const ng_shape *shape)
{
    size_t count = 1;
    for (unsigned i = 0; i < shape->rank; i++) {
        count *= shape->size[i];
    }
    return count;
}

void ng_shape_strides(const ng_shape *shape, size_t stride[NG_RANK_MAX])
{
    size_t step = 1;
    for (unsigned i = shape->rank; i-- > 0;) {
        stride[i] = step;
        step *= shape->size[i];
    }
}

bool ng_shape_equal(const ng_shape *a, const ng_shape *b)
{
    for (unsigned i = 0; a->rank == b->rank && i < a->rank; i++) {
        if (a->size[i] != b->size[i]) {
            return false;
        }
    }
    return a->rank == b->rank;
}

bool ng_shape_broadcast(const ng_shape *a, const ng_shape *b, ng_shape *out)
{
    const ng_shape longer = a->rank >= b->rank ? *a : *b;
    *out = longer;
    for (unsigned i = 0; i < longer.rank; i++) {
        const size_t x = i < a->rank ? a->size[a->rank - 1 - i] : 1;
        const size_t y = i < b->rank ? b->size[b->rank - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) {
            return false;
        }
        out->size[longer.rank - 1 - i] = x == 1 ? y : x;
    }
    return true;
}
