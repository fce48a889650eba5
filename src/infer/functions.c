#include "src/infer/functions.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "src/base/vectorise.h"

enum { LANES = 16, MANTISSA = 23, BIAS = 127 };

/* 2^n * e^r with n = round(x / ln 2), |r| <= ln 2 / 2, and the Taylor series of e^r to r^7: its remainder is below
 * (ln 2 / 2)^8 / 8! = 2^-27.5. ln 2 is split in two so that n * high is exact. */
NG_INLINE float exp_one(float x)
{
    const float high = 0.693359375F;
    const float low = -2.12194440e-4F;
    const float anchor = 12582912.0F; /* 1.5 * 2^23: adding it rounds to an integer */
    x = x > 88.0F ? 88.0F : x;
    x = x < -87.0F ? -87.0F : x;
    const float n = (x * 1.44269504F + anchor) - anchor;
    const float r = (x - n * high) - n * low;
    float sum = 1.0F / 5040;
    sum = sum * r + 1.0F / 720;
    sum = sum * r + 1.0F / 120;
    sum = sum * r + 1.0F / 24;
    sum = sum * r + 1.0F / 6;
    sum = sum * r + 0.5F;
    sum = sum * r + 1.0F;
    sum = sum * r + 1.0F;
    const int32_t bits = ((int32_t)n + BIAS) << MANTISSA;
    float power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

NG_VECTORISED void ng_exp(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = exp_one(x[i]);
    }
}

NG_INLINE float erf_one(float x)
{
    const float size = fabsf(x);
    const float t = 1.0F / (1.0F + 0.3275911F * size);
    float sum = 1.061405429F;
    sum = sum * t - 1.453152027F;
    sum = sum * t + 1.421413741F;
    sum = sum * t - 0.284496736F;
    sum = sum * t + 0.254829592F;
    return copysignf(1.0F - sum * t * exp_one(-size * size), x);
}

NG_VECTORISED void ng_erf(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = erf_one(x[i]);
    }
}

NG_VECTORISED void ng_relu(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = x[i] < 0 ? 0 : x[i];
    }
}

NG_VECTORISED void ng_sqrt(const float *x, size_t count, float *out)
{
#pragma GCC ivdep
    for (size_t i = 0; i < count; i++) {
        out[i] = sqrtf(x[i]);
    }
}

static float largest_of(const float *x, size_t size)
{
    float largest = x[0];
    for (size_t i = 1; i < size; i++) {
        largest = x[i] > largest ? x[i] : largest;
    }
    return largest;
}

void ng_softmax(const float *x, size_t rows, size_t size, float *out)
{
    for (size_t row = 0; row < rows; row++) {
        const float largest = largest_of(x + row * size, size);
        for (size_t i = 0; i < size; i++) {
            out[row * size + i] = x[row * size + i] - largest;
        }
    }
    ng_exp(out, rows * size, out);
    for (size_t row = 0; row < rows; row++) {
        float *place = out + row * size;
        float sum = 0;
        for (size_t i = 0; i < size; i++) {
            sum += place[i];
        }
        for (size_t i = 0; i < size; i++) {
            place[i] /= sum;
        }
    }
}

NG_VECTORISED static float sum_of(const float *x, size_t size)
{
    float partial[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= size; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            partial[lane] += x[i + lane];
        }
    }
    for (size_t lane = 0; i + lane < size; lane++) {
        partial[lane] += x[i + lane];
    }
    float sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        sum += partial[lane];
    }
    return sum;
}

NG_VECTORISED static void add_rows(const float *x, size_t size, size_t inner, float *out)
{
    for (size_t k = 0; k < size; k++) {
        for (size_t j = 0; j < inner; j++) {
            out[j] += x[k * inner + j];
        }
    }
}

void ng_mean(const float *x, size_t outer, size_t size, size_t inner, float *out)
{
    for (size_t i = 0; i < outer; i++) {
        const float *from = x + i * size * inner;
        float *to = out + i * inner;
        if (inner == 1) {
            *to = sum_of(from, size) / (float)size;
            continue;
        }
        memset(to, 0, inner * sizeof *to);
        add_rows(from, size, inner, to);
        for (size_t j = 0; j < inner; j++) {
            to[j] /= (float)size;
        }
    }
}

NG_VECTORISED static void one_matrix(const float *a, const float *b, size_t rows, size_t depth, size_t columns,
                                     float *out)
{
    for (size_t i = 0; i < rows; i++) {
        float *to = out + i * columns;
        for (size_t k = 0; k < depth; k++) {
            const float factor = a[i * depth + k];
#pragma GCC ivdep
            for (size_t j = 0; j < columns; j++) {
                to[j] += factor * b[k * columns + j];
            }
        }
    }
}

void ng_matrices(const float *a, const float *b, size_t count, size_t rows, size_t depth, size_t columns, float *out)
{
    memset(out, 0, count * rows * columns * sizeof *out);
    for (size_t i = 0; i < count; i++) {
        one_matrix(a + i * rows * depth, b + i * depth * columns, rows, depth, columns, out + i * rows * columns);
    }
}
