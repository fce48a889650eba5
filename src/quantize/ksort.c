#include "src/quantize/ksort.h"

/* Bottom-up heap of the terms not placed yet, the one that comes last on top. */
static int comes_after(const float *norm, uint32_t a, uint32_t b)
{
    return norm[a] < norm[b] || (!(norm[a] > norm[b]) && a > b);
}

static void sift(const float *norm, uint32_t *heap, size_t from, size_t count)
{
    const uint32_t moved = heap[from];
    for (size_t child = 2 * from + 1; child < count; child = 2 * from + 1) {
        child += child + 1 < count && comes_after(norm, heap[child + 1], heap[child]);
        if (!comes_after(norm, heap[child], moved)) {
            break;
        }
        heap[from] = heap[child];
        from = child;
    }
    heap[from] = moved;
}

void ng_ksort(const float *norm, size_t count, uint32_t *order)
{
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
    }
    for (size_t i = count / 2; i-- > 0;) {
        sift(norm, order, i, count);
    }
    for (size_t left = count; left > 1; left--) {
        const uint32_t last = order[0];
        order[0] = order[left - 1];
        order[left - 1] = last;
        sift(norm, order, 0, left - 1);
    }
}
