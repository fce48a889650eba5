#include "src/infer/matrices.h"

#include <math.h>
#include <string.h>

#include "src/base/vectorise.h"

NG_VECTORISED void ng_matrix_add(const float *a, const float *b, const ng_matrix_size *size, float *out)
{
    for (size_t i = 0; i < size->rows; i++) {
        float *to = out + i * size->columns;
        for (size_t k = 0; k < size->depth; k++) {
            const float factor = a[i * size->depth + k];
#pragma GCC ivdep
            for (size_t j = 0; j < size->columns; j++) {
                to[j] += factor * b[k * size->columns + j];
            }
        }
    }
}

NG_VECTORISED void ng_matrix_add_double(const double *a, const double *b, const ng_matrix_size *size, double *out)
{
    for (size_t i = 0; i < size->rows; i++) {
        double *to = out + i * size->columns;
        for (size_t k = 0; k < size->depth; k++) {
            const double factor = a[i * size->depth + k];
#pragma GCC ivdep
            for (size_t j = 0; j < size->columns; j++) {
                to[j] += factor * b[k * size->columns + j];
            }
        }
    }
}

NG_VECTORISED void ng_matrix_parts(const double *a, const double *b, const ng_matrix_size *size, unsigned parts, unsigned step,
                                   double *out)
{
    const size_t pitch = size->rows * size->columns;
    memset(out, 0, parts * pitch * sizeof *out);
    for (size_t i = 0; i < size->rows; i++) {
        for (size_t k = 0; k < size->depth; k++) {
            const double factor = a[i * size->depth + k];
            for (size_t j = 0; j < size->columns; j++) {
                double left = factor * b[k * size->columns + j];
                for (unsigned p = parts; p-- > 0;) {
                    const double part = trunc(ldexp(left, -(int)(p * step)));
                    out[p * pitch + i * size->columns + j] += part;
                    left -= ldexp(part, (int)(p * step));
                }
            }
        }
    }
}
