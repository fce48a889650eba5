#include "src/network/select.h"

#include <stdbool.h>
#include <string.h>

ng_axis_map ng_axis_all(size_t size, size_t stride)
{
    return (ng_axis_map){.step = 1, .size = size, .stride = stride};
}

/* The index behind a border, for an index outside. */
static int64_t behind(const ng_axis_map *map, int64_t index)
{
    const int64_t last = (int64_t)map->size - 1;
    if (map->border == NG_BORDER_EDGE) {
        return index < 0 ? 0 : last;
    }
    if (map->border != NG_BORDER_REFLECT) {
        return -1;
    }
    if (last == 0) {
        return 0;
    }
    index = (index < 0 ? -index : index) % (2 * last);
    return index <= last ? index : 2 * last - index;
}

int64_t ng_axis_index(const ng_axis_map *map, size_t i)
{
    if (map->table != NULL) {
        return map->table[i] < 0 ? map->table[i] + (int64_t)map->size : map->table[i];
    }
    const int64_t index = map->start + map->step * (int64_t)i;
    return index >= 0 && index < (int64_t)map->size ? index : behind(map, index);
}

typedef struct {
    const ng_axis_map *maps;
    const ng_shape *shape;
    unsigned axes;  /* of the shape that are walked; those behind are copied whole */
    size_t element;
    size_t chunk;   /* bytes of one index of the last axis walked */
    const void *fill;
} job;

static bool is_whole(const ng_axis_map *map, size_t size, size_t stride)
{
    return map->table == NULL && map->start == 0 && map->step == 1 && map->size == size && map->stride == stride;
}

/* Trailing axes that are taken as they are become part of one chunk. */
static job make_job(const ng_axis_map *maps, const ng_shape *shape, size_t element, const void *fill)
{
    job j = {maps, shape, shape->rank, element, element, fill};
    size_t stride = 1;
    while (j.axes > 0 && is_whole(&maps[j.axes - 1], shape->size[j.axes - 1], stride)) {
        j.axes--;
        stride *= shape->size[j.axes];
        j.chunk *= shape->size[j.axes];
    }
    return j;
}

static void copy_chunk(const job *j, const uint8_t *from, uint8_t *to)
{
    if (from == NULL) {
        for (size_t at = 0; at < j->chunk; at += j->element) {
            memcpy(to + at, j->fill, j->element);
        }
    } else if (j->chunk == sizeof(uint32_t)) {
        memcpy(to, from, sizeof(uint32_t));
    } else {
        memcpy(to, from, j->chunk);
    }
}

/* Everything behind one place of the axes before `axis`; from is NULL outside x. Returns the end of what was written.
 * Range: recursion is as deep as the rank. */
static uint8_t *walk(const job *j, unsigned axis, const uint8_t *from, uint8_t *to)
{
    if (axis == j->axes) {
        copy_chunk(j, from, to);
        return to + j->chunk;
    }
    const ng_axis_map *map = &j->maps[axis];
    for (size_t i = 0; i < j->shape->size[axis]; i++) {
        const int64_t index = ng_axis_index(map, i);
        const uint8_t *place = from == NULL || index < 0 ? NULL : from + (size_t)index * map->stride * j->element;
        to = walk(j, axis + 1, place, to);
    }
    return to;
}

void ng_select(const void *x, size_t element, const ng_axis_map *maps, const ng_shape *shape, const void *fill, void *out)
{
    const job j = make_job(maps, shape, element, fill);
    (void)walk(&j, 0, x, out);
}
