#include "tests/ref/ref_kmeans.h"

#include <math.h>
#include <string.h>

enum { COUNT_MOST = 400, SIZE_MOST = 8 };

/* Around the weighted mean, two passes. */
static double interval_error(const double *x, const double *h, size_t from, size_t to)
{
    double mass = 0;
    double mean = 0;
    double error = 0;
    for (size_t i = from; i < to; i++) {
        mass += h[i];
        mean += h[i] * x[i];
    }
    mean = mass > 0 ? mean / mass : 0;
    for (size_t i = from; i < to; i++) {
        error += h[i] * (x[i] - mean) * (x[i] - mean);
    }
    return error;
}

double ref_kmeans_line(const double *x, const double *h, size_t count, size_t clusters)
{
    double least[COUNT_MOST + 1];
    double next[COUNT_MOST + 1];
    for (size_t end = 0; end <= count; end++) {
        least[end] = interval_error(x, h, 0, end);
    }
    for (size_t k = 1; k < clusters; k++) {
        for (size_t end = 0; end <= count; end++) {
            next[end] = INFINITY;
            for (size_t from = 0; from <= end; from++) {
                next[end] = fmin(next[end], least[from] + interval_error(x, h, from, end));
            }
        }
        memcpy(least, next, sizeof least);
    }
    return least[count];
}

/* Error of the points that the digits of `partition` put into cluster j. */
static double cluster_error(const double *x, const double *h, size_t count, size_t size, size_t clusters,
                            unsigned long partition, size_t j)
{
    double mean[SIZE_MOST] = {0};
    double mass[SIZE_MOST] = {0};
    double error = 0;
    unsigned long left = partition;
    for (size_t i = 0; i < count; i++, left /= clusters) {
        for (size_t k = 0; left % clusters == j && k < size; k++) {
            mean[k] += h[i * size + k] * x[i * size + k];
            mass[k] += h[i * size + k];
        }
    }
    left = partition;
    for (size_t i = 0; i < count; i++, left /= clusters) {
        for (size_t k = 0; left % clusters == j && k < size; k++) {
            const double difference = x[i * size + k] - mean[k] / mass[k];
            error += h[i * size + k] * difference * difference;
        }
    }
    return error;
}

double ref_kmeans_partition(const double *x, const double *h, size_t count, size_t size, size_t clusters)
{
    const unsigned long partitions = (unsigned long)lrint(pow((double)clusters, (double)count));
    double least = INFINITY;
    for (unsigned long partition = 0; partition < partitions; partition++) {
        double error = 0;
        for (size_t j = 0; j < clusters; j++) {
            error += cluster_error(x, h, count, size, clusters, partition, j);
        }
        least = fmin(least, error);
    }
    return least;
}
