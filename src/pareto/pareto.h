/* pareto.h: which of many points no other point beats.
 *
 * a dominates b  =  a is at least as good as b in every objective and better in one.
 * The front is every complete point that no other complete point dominates. Equal points do not dominate each other:
 * they are on the front together or not at all. A point with a missing coordinate (NaN) is never on a front and
 * dominates nothing.
 */
#ifndef NG_PARETO_H
#define NG_PARETO_H

#include <stddef.h>

#include "src/base/error.h"

typedef enum { NG_MINIMISE = 0, NG_MAXIMISE = 1 } ng_direction;

enum { NG_OBJECTIVES_MAX = 8, NG_OBJECTIVE_NAME_SIZE = 32 };

typedef struct {
    char name[NG_OBJECTIVE_NAME_SIZE]; /* of the field it reads, unit included: "honest_sites_per_mac" */
    ng_direction direction;
} ng_objective;

/* True if a dominates b; both are values[objectives]. False when either misses a coordinate. */
bool ng_dominates(const ng_objective *objectives, size_t count, const double *a, const double *b);

/* on_front[i] for point i of values[points][count]. Time O(points log points) for two objectives, O(points^2)
 * otherwise. Range: count 1..NG_OBJECTIVES_MAX. Errors: count out of range or an infinite coordinate (exit 2, with
 * the objective and the point), no memory (exit 3). */
bool ng_pareto_front(const ng_objective *objectives, size_t count, const double *values, size_t points, bool *on_front,
                     ng_error *error);

#endif
