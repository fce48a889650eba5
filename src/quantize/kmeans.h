/* kmeans.h: clusters of weighted numbers and of weighted vectors.
 *
 *   numbers   least E(c) = sum_i h[i] * min_j (x[i] - c[j])^2
 *   vectors   E(c) = sum_i min_j sum_d h[i][d] * (x[i][d] - c[j][d])^2
 * Numbers: the least E there is, by dynamic programming over the sorted numbers (clusters are intervals of them; the best
 * cut moves right with the end of the interval, so a row of the table takes n log n steps: arXiv 1701.07204). More than
 * NG_LINE_GROUPS distinct numbers are first put together into as many groups of neighbours of nearly equal weight; the
 * centres are then moved by Lloyd's steps over all numbers.
 * Vectors: Lloyd's steps from the seeds of k-means++ (Arthur and Vassilvitskii, SODA 2007): the first is drawn with
 * probability sum_d h[i][d], each other one in proportion to its distance from the nearest seed. E never rises from step to step; the
 * steps end when no vector changes its cluster, or after NG_LLOYD_STEPS.
 *
 * Deterministic: sums run in the order of the data, equal distances go to the lower index, draws are those of the seed.
 * Range: x finite; h >= 0 and finite, NULL: all 1; count and clusters >= 1. Where there are more clusters than distinct
 * points, or no weight at all, the centres left over equal others.
 */
#ifndef NG_KMEANS_H
#define NG_KMEANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NG_LINE_GROUPS = 2048, NG_LLOYD_STEPS = 32 };

/* centre[clusters], in rising order. False without memory. */
bool ng_kmeans_line(const float *x, const float *h, size_t count, size_t clusters, float *centre);

/* x[count][size] under h[count][size] into centre[clusters][size]. False without memory. */
bool ng_kmeans_vectors(const float *x, const float *h, size_t count, size_t size, size_t clusters, uint64_t seed,
                       float *centre);

/* Index of the centre nearest to x[size] under the weights weight[size] of its coordinates (NULL: all 1), the lowest of
 * equal ones. */
size_t ng_nearest_centre(const float *x, const float *weight, size_t size, const float *centre, size_t clusters);

#endif
