#include "src/quantize/kmeans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double weight_of(const float *h, size_t i)
{
    return h != NULL ? (double)h[i] : 1;
}

/* ---- numbers --------------------------------------------------------------------------------------------------- */

/* Points on a line, sorted; first, as sums over all points before each: weight, weighted number and its square. */
typedef struct {
    size_t count;
    double *mass;    /* [count + 1] */
    double *moment;  /* [count + 1] */
    double *second;  /* [count + 1] */
    double *cost;    /* [2][count + 1] least E of the first i points in a number of clusters and in one fewer */
    uint32_t *start; /* [clusters][count + 1] where the last cluster of the first i points begins */
} line;

typedef struct {
    double x;
    double h;
} point;

static int compare(const void *a, const void *b)
{
    const point *left = a;
    const point *right = b;
    return (left->x > right->x) - (left->x < right->x);
}

/* Sorts, and joins points that are equal; returns how many are left. */
static size_t join_equal(point *points, size_t count)
{
    qsort(points, count, sizeof *points, compare);
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        if (distinct > 0 && points[distinct - 1].x >= points[i].x) {
            points[distinct - 1].h += points[i].h;
        } else {
            points[distinct++] = points[i];
        }
    }
    return distinct;
}

/* Joins neighbours: a group for each share 1 / NG_LINE_GROUPS of the weight in which a point begins. */
static size_t join_neighbours(point *points, size_t count)
{
    size_t groups = 0;
    double total = 0;
    double below = 0;
    double last = -1;
    for (size_t i = 0; i < count; i++) {
        total += points[i].h;
    }
    for (size_t i = 0; i < count; i++) {
        const double place = total > 0 ? floor(below / total * (NG_LINE_GROUPS - 1)) : 0;
        below += points[i].h;
        if (place > last) {
            last = place;
            points[groups++] = points[i];
        } else if (points[groups - 1].h + points[i].h > 0) {
            point *group = &points[groups - 1];
            group->x += (points[i].x - group->x) * points[i].h / (group->h + points[i].h);
            group->h += points[i].h;
        }
    }
    return groups;
}

/* E of the points [from, to) around their mean. */
static double interval_cost(const line *l, size_t from, size_t to)
{
    const double mass = l->mass[to] - l->mass[from];
    const double moment = l->moment[to] - l->moment[from];
    const double second = l->second[to] - l->second[from];
    return mass > 0 ? fmax(second - moment * moment / mass, 0) : 0;
}

/* The row `clusters` of the table for ends [first, last], whose last clusters begin in [low, high]. */
static void fill_row(const line *l, const double *before, double *cost, uint32_t *start, size_t first, size_t last,
                     size_t low, size_t high)
{
    if (first > last) {
        return;
    }
    const size_t end = first + (last - first) / 2;
    cost[end] = INFINITY;
    for (size_t from = low; from <= high && from <= end; from++) {
        const double sum = before[from] + interval_cost(l, from, end);
        if (sum < cost[end]) {
            cost[end] = sum;
            start[end] = (uint32_t)from;
        }
    }
    if (end > first) {
        fill_row(l, before, cost, start, first, end - 1, low, start[end]);
    }
    fill_row(l, before, cost, start, end + 1, last, start[end], high);
}

static void fill_table(const line *l, size_t clusters)
{
    const size_t row = l->count + 1;
    for (size_t i = 0; i < row; i++) {
        l->cost[i] = interval_cost(l, 0, i);
        l->start[i] = 0;
    }
    for (size_t k = 1; k < clusters; k++) {
        fill_row(l, l->cost + (k - 1) % 2 * row, l->cost + k % 2 * row, l->start + k * row, 0, l->count, 0, l->count);
    }
}

/* The means of the intervals, from the last one back; an interval without points repeats the centre above it. */
static void read_centres(const line *l, const point *points, size_t clusters, float *centre)
{
    size_t end = l->count;
    float above = (float)points[l->count - 1].x;
    for (size_t k = clusters; k-- > 0;) {
        const size_t from = l->start[k * (l->count + 1) + end];
        const double mass = l->mass[end] - l->mass[from];
        if (mass > 0) {
            above = (float)((l->moment[end] - l->moment[from]) / mass);
        }
        centre[k] = above;
        end = from;
    }
}

static bool solve(const point *points, size_t count, size_t clusters, float *centre)
{
    const size_t row = count + 1;
    double *memory = calloc(5 * row, sizeof *memory);
    uint32_t *start = calloc(clusters * row, sizeof *start);
    const bool fine = memory != NULL && start != NULL;
    if (fine) {
        const line l = {count, memory, memory + row, memory + 2 * row, memory + 3 * row, start};
        for (size_t i = 0; i < count; i++) {
            l.mass[i + 1] = l.mass[i] + points[i].h;
            l.moment[i + 1] = l.moment[i] + points[i].h * points[i].x;
            l.second[i + 1] = l.second[i] + points[i].h * points[i].x * points[i].x;
        }
        fill_table(&l, clusters);
        read_centres(&l, points, clusters, centre);
    }
    free(memory);
    free(start);
    return fine;
}

/* ---- Lloyd's steps, for both ------------------------------------------------------------------------------------ */

typedef struct {
    const float *x;
    const float *h;
    size_t count;
    size_t size;
    size_t clusters;
    bool sorted;       /* numbers, and centres in rising order */
    uint32_t *cluster; /* [count] */
    double *sums;      /* [clusters][size] */
    double *masses;    /* likewise */
} clustering;

static double distance(const float *x, const float *weight, size_t size, const float *centre)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++) {
        const double difference = (double)x[i] - (double)centre[i];
        sum += difference * difference * weight_of(weight, i);
    }
    return sum;
}

size_t ng_nearest_centre(const float *x, const float *weight, size_t size, const float *centre, size_t clusters)
{
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t j = 0; j < clusters; j++) {
        const double here = distance(x, weight, size, centre + j * size);
        if (here < least) {
            least = here;
            nearest = j;
        }
    }
    return nearest;
}

/* The weights of a point's coordinates. */
static const float *weights_of(const clustering *c, size_t i)
{
    return c->h != NULL ? c->h + i * c->size : NULL;
}

/* Centres to the means of their clusters; coordinates without weight stay. */
static void move_centres(const clustering *c, float *centre)
{
    memset(c->sums, 0, c->clusters * c->size * sizeof *c->sums);
    memset(c->masses, 0, c->clusters * c->size * sizeof *c->masses);
    for (size_t i = 0; i < c->count; i++) {
        const size_t at = c->cluster[i] * c->size;
        for (size_t k = 0; k < c->size; k++) {
            const double h = weight_of(weights_of(c, i), k);
            c->masses[at + k] += h;
            c->sums[at + k] += h * (double)c->x[i * c->size + k];
        }
    }
    for (size_t i = 0; i < c->clusters * c->size; i++) {
        centre[i] = c->masses[i] > 0 ? (float)(c->sums[i] / c->masses[i]) : centre[i];
    }
}

/* The same for a number among sorted centres: halves the range until the midpoint of two of them decides. */
static size_t nearest_on_line(double x, const float *centre, size_t clusters)
{
    size_t low = 0;
    size_t high = clusters - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (x - (double)centre[middle] <= (double)centre[middle + 1] - x) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static bool assign(const clustering *c, const float *centre)
{
    bool changed = false;
    for (size_t i = 0; i < c->count; i++) {
        const float *x = c->x + i * c->size;
        const uint32_t nearest = (uint32_t)(c->sorted ? nearest_on_line((double)x[0], centre, c->clusters)
                                                      : ng_nearest_centre(x, weights_of(c, i), c->size, centre,
                                                                        c->clusters));
        changed = changed || nearest != c->cluster[i];
        c->cluster[i] = nearest;
    }
    return changed;
}

static void lloyd(const clustering *c, float *centre)
{
    memset(c->cluster, 0xFF, c->count * sizeof *c->cluster);
    for (unsigned step = 0; step < NG_LLOYD_STEPS && assign(c, centre); step++) {
        move_centres(c, centre);
    }
}

static bool start_clustering(clustering *c, const float *x, const float *h, size_t count, size_t size, size_t clusters)
{
    *c = (clustering){x, h, count, size, clusters, false, calloc(count, sizeof *c->cluster),
                      calloc(clusters * size, sizeof *c->sums), calloc(clusters * size, sizeof *c->masses)};
    return c->cluster != NULL && c->sums != NULL && c->masses != NULL;
}

static void end_clustering(const clustering *c)
{
    free(c->cluster);
    free(c->sums);
    free(c->masses);
}

bool ng_kmeans_line(const float *x, const float *h, size_t count, size_t clusters, float *centre)
{
    clustering c;
    point *points = malloc(count * sizeof *points);
    bool fine = start_clustering(&c, x, h, count, 1, clusters) && points != NULL;
    if (fine) {
        for (size_t i = 0; i < count; i++) {
            points[i] = (point){(double)x[i], weight_of(h, i)};
        }
        const size_t distinct = join_equal(points, count);
        const size_t groups = distinct > NG_LINE_GROUPS ? join_neighbours(points, distinct) : distinct;
        fine = solve(points, groups, clusters, centre);
        c.sorted = true;
        if (fine && groups < distinct) {
            lloyd(&c, centre);
        }
    }
    free(points);
    end_clustering(&c);
    return fine;
}

/* ---- seeds of vectors ------------------------------------------------------------------------------------------- */

/* A number in [0, 1), of Marsaglia's xorshift64: the same everywhere. */
static double draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return ldexp((double)(*state >> 11), -53);
}

/* An index with probability in proportion to share[]; the last one with a share if rounding runs over the end. */
static size_t draw_index(const double *share, size_t count, uint64_t *state)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += share[i];
    }
    double left = draw(state) * total;
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++) {
        if (share[i] > 0) {
            chosen = i;
            if (left < share[i]) {
                break;
            }
        }
        left -= share[i];
    }
    return chosen;
}

static bool choose_seeds(const clustering *c, uint64_t seed, float *centre)
{
    uint64_t state = (seed + 1) * UINT64_C(0x9E3779B97F4A7C15);
    double *share = malloc(2 * c->count * sizeof *share);
    if (share == NULL) {
        return false;
    }
    double *nearest = share + c->count;
    for (size_t i = 0; i < c->count; i++) {
        nearest[i] = INFINITY;
        share[i] = 0;
        for (size_t k = 0; k < c->size; k++) {
            share[i] += weight_of(weights_of(c, i), k);
        }
    }
    for (size_t j = 0; j < c->clusters; j++) {
        float *seed_centre = centre + j * c->size;
        memcpy(seed_centre, c->x + draw_index(share, c->count, &state) * c->size, c->size * sizeof *centre);
        for (size_t i = 0; i < c->count; i++) {
            nearest[i] = fmin(nearest[i], distance(c->x + i * c->size, weights_of(c, i), c->size, seed_centre));
            share[i] = nearest[i];
        }
    }
    free(share);
    return true;
}

bool ng_kmeans_vectors(const float *x, const float *h, size_t count, size_t size, size_t clusters, uint64_t seed,
                       float *centre)
{
    clustering c;
    const bool fine = start_clustering(&c, x, h, count, size, clusters) && choose_seeds(&c, seed, centre);
    if (fine) {
        lloyd(&c, centre);
    }
    end_clustering(&c);
    return fine;
}
