#include "src/pareto/pareto.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* A point of a two-objective problem turned so that less is better in both. */
typedef struct {
    double first;
    double second;
    size_t index;
} plane_point;

static double turned(const ng_objective *objective, double value)
{
    return objective->direction == NG_MAXIMISE ? -value : value;
}

static bool is_complete(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            return false;
        }
    }
    return true;
}

bool ng_dominates(const ng_objective *objectives, size_t count, const double *a, const double *b)
{
    bool better = false;
    if (!is_complete(a, count) || !is_complete(b, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const double left = turned(&objectives[i], a[i]);
        const double right = turned(&objectives[i], b[i]);
        if (left > right) {
            return false;
        }
        better = better || left < right;
    }
    return better;
}

static int compare_plane(const void *a, const void *b)
{
    const plane_point *left = a;
    const plane_point *right = b;
    if (left->first != right->first) {
        return left->first < right->first ? -1 : 1;
    }
    return (left->second > right->second) - (left->second < right->second);
}

/* Sorted by (first, second), a point is on the front exactly if it ties the best `second` of its own `first` and that
 * beats every smaller `first`. */
static void sweep_plane(const plane_point *sorted, size_t count, bool *on_front)
{
    double best = INFINITY;
    for (size_t i = 0; i < count;) {
        const plane_point *group = &sorted[i];
        for (; i < count && sorted[i].first == group->first; i++) {
            on_front[sorted[i].index] = sorted[i].second == group->second && group->second < best;
        }
        best = fmin(best, group->second);
    }
}

static bool front_of_plane(const ng_objective *objectives, const double *values, size_t points, bool *on_front,
                           ng_error *error)
{
    plane_point *sorted = calloc(points + 1, sizeof *sorted);
    size_t complete = 0;
    if (sorted == NULL) {
        return ng_fail(error, NG_EXIT_MISSING, "no memory for the front of %zu points", points);
    }
    for (size_t i = 0; i < points; i++) {
        if (is_complete(&values[2 * i], 2)) {
            sorted[complete++] = (plane_point){turned(&objectives[0], values[2 * i]),
                                               turned(&objectives[1], values[2 * i + 1]), i};
        }
    }
    qsort(sorted, complete, sizeof *sorted, compare_plane);
    sweep_plane(sorted, complete, on_front);
    free(sorted);
    return true;
}

static bool is_undominated(const ng_objective *objectives, size_t count, const double *values, size_t points,
                           size_t index)
{
    for (size_t i = 0; i < points; i++) {
        if (ng_dominates(objectives, count, &values[i * count], &values[index * count])) {
            return false;
        }
    }
    return is_complete(&values[index * count], count);
}

static bool check(const ng_objective *objectives, size_t count, const double *values, size_t points, ng_error *error)
{
    if (count < 1 || count > NG_OBJECTIVES_MAX || points > SIZE_MAX / count) {
        return ng_fail(error, NG_EXIT_USAGE, "a front over %zu objectives: 1 to %d are possible", count,
                       NG_OBJECTIVES_MAX);
    }
    for (size_t i = 0; i < points * count; i++) {
        if (isinf(values[i])) {
            return ng_fail(error, NG_EXIT_USAGE, "%s of point %zu is infinite", objectives[i % count].name,
                           i / count);
        }
    }
    return true;
}

bool ng_pareto_front(const ng_objective *objectives, size_t count, const double *values, size_t points, bool *on_front,
                     ng_error *error)
{
    if (!check(objectives, count, values, points, error)) {
        return false;
    }
    for (size_t i = 0; i < points; i++) {
        on_front[i] = count != 2 && is_undominated(objectives, count, values, points, i);
    }
    return count != 2 || front_of_plane(objectives, values, points, on_front, error);
}
