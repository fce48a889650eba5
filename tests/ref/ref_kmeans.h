/* ref_kmeans.h: the least weighted error of k clusters, by trying every cut and every partition. */
#ifndef REF_KMEANS_H
#define REF_KMEANS_H

#include <stddef.h>

/* Numbers, sorted in rising order: every place of the last cut of every beginning, sums taken anew for each interval.
 * Range: count 1..400, clusters >= 1. */
double ref_kmeans_line(const double *x, const double *h, size_t count, size_t clusters);

/* Vectors x[count][size] under the weights h[count][size], all above 0: every one of clusters^count partitions. Range: clusters^count below 10^6, size 1..8. */
double ref_kmeans_partition(const double *x, const double *h, size_t count, size_t size, size_t clusters);

#endif
