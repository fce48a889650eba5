#include "src/infer/arrays.h"

#include <string.h>

#include "src/base/vectorise.h"

/* The axes of out with each operand's distance along them; neighbours that run through both operands are merged. */
typedef struct {
    unsigned rank;
    size_t size[NG_RANK_MAX];
    size_t a[NG_RANK_MAX];
    size_t b[NG_RANK_MAX];
} walk;

/* Distances of an operand along the axes of out: 0 where it stretches. */
static void distances(const ng_shape *operand, const ng_shape *out, size_t *distance)
{
    size_t step = 1;
    for (unsigned i = 0; i < out->rank; i++) {
        const size_t size = i < operand->rank ? operand->size[operand->rank - 1 - i] : 1;
        distance[out->rank - 1 - i] = size == 1 ? 0 : step;
        step *= size;
    }
}

static void append(walk *w, size_t size, size_t a, size_t b)
{
    if (size == 1 && w->rank > 0) {
        return;
    }
    const unsigned last = w->rank - 1;
    if (w->rank > 0 && (w->size[last] == 1 || (w->a[last] == a * size && w->b[last] == b * size))) {
        w->size[last] *= size;
        w->a[last] = a;
        w->b[last] = b;
        return;
    }
    w->size[w->rank] = size;
    w->a[w->rank] = a;
    w->b[w->rank] = b;
    w->rank++;
}

static walk make_walk(const ng_shape *a_shape, const ng_shape *b_shape, const ng_shape *shape)
{
    size_t a[NG_RANK_MAX];
    size_t b[NG_RANK_MAX];
    walk w = {0};
    distances(a_shape, shape, a);
    distances(b_shape, shape, b);
    for (unsigned i = 0; i < shape->rank; i++) {
        append(&w, shape->size[i], a[i], b[i]);
    }
    if (w.rank == 0) {
        append(&w, 1, 0, 0);
    }
    return w;
}

#define COMBINE_LOOP(expression)                \
    _Pragma("GCC ivdep")                        \
    for (size_t i = 0; i < count; i++) {        \
        out[i] = expression;                    \
    }
#define COMBINE_LINE(name, op)                                                                           \
    NG_VECTORISED static void name(const float *a, size_t da, const float *b, size_t db, size_t count, float *out) \
    {                                                                                                    \
        const float x = a[0];                                                                            \
        const float y = b[0];                                                                            \
        if (da != 0 && db != 0) {                                                                        \
            COMBINE_LOOP(a[i] op b[i])                                                                   \
        } else if (da != 0) {                                                                            \
            COMBINE_LOOP(a[i] op y)                                                                      \
        } else {                                                                                         \
            COMBINE_LOOP(x op b[i * db])                                                                 \
        }                                                                                                \
    }

COMBINE_LINE(add_line, +)
COMBINE_LINE(subtract_line, -)
COMBINE_LINE(multiply_line, *)
COMBINE_LINE(divide_line, /)

void ng_combine(ng_arithmetic_operation operation, const float *a, const ng_shape *a_shape, const float *b,
                const ng_shape *b_shape, float *out, const ng_shape *shape)
{
    static void (*const lines[])(const float *, size_t, const float *, size_t, size_t, float *) = {
        add_line, subtract_line, multiply_line, divide_line};
    const walk w = make_walk(a_shape, b_shape, shape);
    const unsigned last = w.rank - 1;
    const size_t total = ng_shape_count(shape);
    size_t index[NG_RANK_MAX] = {0};
    for (size_t done = 0; done < total; done += w.size[last]) {
        lines[operation](a, w.a[last], b, w.b[last], w.size[last], out + done);
        for (unsigned axis = last; axis-- > 0;) {
            a += w.a[axis];
            b += w.b[axis];
            if (++index[axis] < w.size[axis]) {
                break;
            }
            a -= w.a[axis] * w.size[axis];
            b -= w.b[axis] * w.size[axis];
            index[axis] = 0;
        }
    }
}

NG_VECTORISED static void gather(const float *x, size_t distance, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i * distance];
    }
}

void ng_permute(const float *x, const ng_shape *shape, const unsigned *permutation, float *out)
{
    size_t step[NG_RANK_MAX] = {0};
    size_t size[NG_RANK_MAX] = {0};
    size_t index[NG_RANK_MAX] = {0};
    const unsigned rank = shape->rank;
    for (unsigned i = 0; i < rank; i++) {
        size[i] = shape->size[permutation[i]];
        step[i] = 1;
        for (unsigned j = permutation[i] + 1; j < rank; j++) {
            step[i] *= shape->size[j];
        }
    }
    const size_t total = ng_shape_count(shape);
    const size_t line = size[rank - 1];
    for (size_t done = 0; done < total; done += line) {
        if (step[rank - 1] == 1) {
            memcpy(out + done, x, line * sizeof *out);
        } else {
            gather(x, step[rank - 1], line, out + done);
        }
        for (unsigned axis = rank - 1; axis-- > 0;) {
            x += step[axis];
            if (++index[axis] < size[axis]) {
                break;
            }
            x -= step[axis] * size[axis];
            index[axis] = 0;
        }
    }
}
